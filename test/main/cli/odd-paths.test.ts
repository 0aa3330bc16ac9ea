import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { connect } from '../../../src/main/cli/connect.ts'
import { runCommandLine } from '../../../src/main/cli/program.ts'
import { dataFolder, temporaryFolder } from '../host/support.ts'
import { experimentText, fakeContext } from './support.ts'

const fixture = new URL('../../fixtures/workspace-0.2.0/workspace', import.meta.url).pathname
const id = '0'.repeat(64)

let folder: string
beforeEach(() => {
  folder = temporaryFolder()
  mkdirSync(join(folder, 'empty'))
  writeFileSync(join(folder, 'file'), 'text')
  writeFileSync(
    join(folder, 'small.yaml'),
    experimentText.replace('mnist', `mnist, path: ${join(dataFolder, 'images')}`),
  )
  symlinkSync('loop', join(folder, 'loop'))
  symlinkSync('nowhere', join(folder, 'dangling'))
  cpSync(fixture, join(folder, 'workspace'), { recursive: true })
})

/** Paths at which neither a file nor a folder can be, and what is said of them. */
const circle = 'in a circle|circular link'
const odd = [
  ['loop', circle],
  ['loop/below', circle],
  ['file/below', 'a file'],
  ['x'.repeat(300), 'longer than its file system takes'],
] as const

/** Commands that read or write at the path @. */
const commands = [
  'list --workspace @',
  'run small.yaml --workspace @',
  'doctor --workspace @',
  'depot list @',
  'depot verify @',
  'depot gc @',
  'depot gc empty --keep @',
  'depot merge @ empty',
  'depot merge new @',
  'depot add small.yaml @',
  `train-phase @ ${id}`,
  'train-phase @ 0123',
  'import @',
  'import @ --format csv',
  'plan @',
  'run @',
  'search @ --hours 1',
  'search small.yaml --hours 1 --save @',
  'network @',
  'report toy @',
  'paper report @',
  'paper tables --output @',
  'export toy-mixed-s1 @',
  'compare toy --output @',
  'quickstart --results @',
]

test.each(commands.flatMap((command) => odd.map(([path, said]) => ({ command, path, said }))))(
  '$command, where @ is $path, is refused in one sentence and leaves nothing behind',
  async ({ command, path, said }) => {
    const before = readdirSync(folder)
    const { exitCode, stderr } = await exitlab(command.replace('@', join(folder, path)).split(' '))
    expect(stderr).toMatch(new RegExp(`^exitlab: [^\n]*(${said})[^\n]*\n`, 'm'))
    expect(stderr).not.toMatch(/\bE[A-Z]{3,}\b|[Uu]nexpected|bug in Exitlab/)
    expect([2, 4, 5, 7, 8]).toContain(exitCode)
    expect(readdirSync(folder).filter((name) => name !== 'new')).toEqual(before)
  },
)

const links = [
  'run small.yaml --workspace @',
  'depot merge @ empty',
  'depot add small.yaml @',
  'report toy @',
  'export toy-mixed-s1 @',
  'quickstart --results @',
]
test.each(links)('%s, where @ is a link to nothing, is refused in one sentence', async (command) => {
  const { exitCode, stderr } = await exitlab(command.replace('@', join(folder, 'dangling')).split(' '))
  expect(stderr).toMatch(/^exitlab: .*is a link to (nothing|a folder that does not exist)/)
  expect(stderr).not.toMatch(/\bE[A-Z]{3,}\b|[Uu]nexpected/)
  expect([5, 8]).toContain(exitCode)
})

test.each(['file', 'loop', 'dangling', 'file/below'])(
  'runs that others train in the depot %s stop with one sentence',
  async (path) => {
    const { exitCode, stderr } = await exitlab([
      'run',
      '--executor',
      'external',
      '--depot',
      join(folder, path),
      'small.yaml',
    ])
    expect(stderr).toMatch(/is a file|in a circle|link to nothing/)
    expect(stderr).not.toMatch(/\bE[A-Z]{3,}\b|[Uu]nexpected/)
    expect(exitCode).not.toBe(0)
  },
)

async function exitlab(args: string[]) {
  const { context, written } = fakeContext({
    workingFolder: folder,
    environment: { EXITLAB_WORKSPACE: join(folder, 'workspace') },
  })
  const exitCode = await runCommandLine(
    args.map((each) => (each === 'small.yaml' || each === 'empty' || each === 'new' ? join(folder, each) : each)),
    {
      ...context,
      connect: (options) => connect({ ...options, workspace: options.workspace ?? join(folder, 'workspace') }),
    },
    '9.9.9',
  )
  return { exitCode, ...written }
}
