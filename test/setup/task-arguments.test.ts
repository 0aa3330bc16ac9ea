import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/setup/places.mjs'
import { answerTo } from '../../scripts/setup/task-arguments.mjs'
import { taskWords } from '../../scripts/setup/task-words.mjs'
import { tasks } from '../../scripts/tasks.mjs'

const names = Object.keys(tasks)
const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })

test('every task says what it does and takes', () => {
  expect(Object.keys(taskWords)).toEqual(names)
  expect(Object.values(taskWords).every(({ about }) => about.endsWith('.'))).toBe(true)
})

/** Tasks whose arguments go to the command line, which has help and refuses what it does not know. */
const ofCommandLine = ['start', 'quickstart', 'exitlab', 'dev']

test.each(names.filter((name) => !ofCommandLine.includes(name)))(
  '%s has help, and nothing is done before it is printed',
  (name) => {
    for (const option of ['--help', '-h']) {
      const { status, stdout, stderr } = node('scripts/run.mjs', name, option)
      expect([status, stderr]).toEqual([0, ''])
      expect(stdout).toContain(`npm run ${name}`)
      expect(stdout).toContain(taskWords[name]!.about)
    }
  },
)

test.each(names.filter((name) => ![...ofCommandLine, 'test', 'test:kills', 'test:packages'].includes(name)))(
  '%s refuses an option that it does not have in one sentence, before anything is done',
  (name) => {
    const { status, stdout, stderr } = node('scripts/run.mjs', name, '--nonsense')
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(new RegExp(`^Unknown option '--nonsense'\\.\nUse: npm run ${name}.*\n$`))
  },
)

test.each(ofCommandLine)('%s asks nothing of set-up where it prints help', (name) => {
  expect(answerTo(name, ['--help'])).toBeNull()
  expect(tasks[name]!.trains(['--help'])).toBe(false)
  expect(tasks[name]!.shows?.(['--help']) ?? false).toBe(false)
})

test('names and values are refused where a task has no place for them', () => {
  expect(answerTo('schema', ['now'])).toMatchObject({ code: 2 })
  expect(answerTo('soak', ['--kills'])).toMatchObject({ code: 2 })
  expect(answerTo('docs', ['deploy'])).toEqual({
    code: 2,
    text: expect.stringContaining('Expected build or dev or preview; got deploy.'),
  })
  expect(answerTo('docs', ['dev', '--port', '1'])).toBeNull()
  expect(answerTo('soak', ['--kills', '3', '--seed=4'])).toBeNull()
  expect(answerTo('mutate', ['src/engine', '--sample', '3'])).toBeNull()
})

const scripts = {
  bench: 'bench/index.ts',
  'bench:analyses': 'bench/analyses.ts',
  'bench:depot': 'bench/depot.ts',
  'bench:evaluation': 'bench/evaluation.ts',
  'bench:ui': 'bench/ui.ts',
  'check:gpu': 'check-gpu/index.ts',
  pictures: 'pictures/index.ts',
  soak: 'soak/index.ts',
  mutate: 'mutate/index.ts',
}

test.each(Object.entries(scripts))('%s takes what its script takes', (name, file) => {
  const { status, stderr } = node(join('scripts', file), '--nonsense')
  const listed = /It takes (.*)\.\n/.exec(stderr)![1]!
  const { takes } = taskWords[name]!
  const options = typeof takes === 'string' ? [] : Object.keys(takes.options ?? {})
  expect([
    status,
    listed
      .split(', ')
      .filter((each) => each !== 'no options')
      .sort(),
  ]).toEqual([2, options.map((each) => `--${each}`).sort()])
})
