import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bench, temporaryFolder, until } from '../host/support.ts'
import { runCommandLine } from '../../../src/main/cli/program.ts'
import { exitlab, fakeClient, fakeContext } from './support.ts'

const source = `name: toy
data: { source: mnist, path: images, limit: { train: 100, test: 20 } }
network: { family: resnet, blockCounts: [1, 1, 1], widths: [4, 4, 4] }
regimes: [joint, mixed]
training: { epochs: 3, batchSize: 30 }
sweep: { training.learningRate: [0.001, 0.002] }
`

function written(text = source): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'images'))
  const file = join(folder, 'toy.yaml')
  writeFileSync(file, text)
  return file
}

test('a search prints what it decides, the ranking and the winner, and writes its experiment', async () => {
  const { client } = await bench().open()
  const file = written()
  const winner = join(temporaryFolder(), 'winner.yaml')
  const first = await exitlab(['search', file, '--budget', '120', '--hours', '1', '--save', winner], { client })
  expect(first.exitCode).toBe(0)
  expect(first.stdout).toMatch(/^Plan: 4 candidates in 2 rungs, at most .* of 1 h;/)
  expect(first.stdout).toMatch(/\d of 4 go on to rung 2: the best 2/)
  // Of those that are dropped nobody sees test values.
  expect(first.stdout.slice(0, first.stdout.indexOf('#'))).not.toContain('test')
  expect(first.stdout).toContain('Done: the last rung has ended.')
  const [header, ...rows] = first.stdout.slice(first.stdout.indexOf('#')).split('\n')
  expect(header).toMatch(/^#\s+series\s+rung\s+validation accuracy \(%\)\s+seeds\s+test \(%\)$/)
  expect(rows[0]).toMatch(/^1\s+(joint|mixed) · learning rate 0.00[12]\s+2\s+[\d.]+ ± [\d.]+\s+1\s+[\d.]+$/)
  expect(rows[3]).toMatch(/^4\s.*–$/)
  expect(readFileSync(winner, 'utf8')).toMatch(/^# (joint|mixed) · learning rate .*: the best of 4 series of toy/)
  // The same command prints the result again.
  const again = await exitlab(['search', file, '--budget', '120', '--hours', '1', '--json'], { client })
  expect(JSON.parse(again.stdout)).toMatchObject({
    status: 'done',
    budget: 1.2,
    ladder: [{ epochs: 1 }, { epochs: 3 }],
  })
  const list = await exitlab(['search'], { client })
  expect(list.stdout).toMatch(/toy\s+120.%\s+done\s+2 of 2/)
  const { stdout } = await exitlab(['search', '--stop', 'toy'], { client })
  expect(stdout).toBe('The search toy is done: there was nothing to stop.\n')
})

test('Ctrl-C pauses a search, and the same command resumes it', async () => {
  const { open, script } = bench({ holdAtStep: 2 })
  const { client } = await open()
  const file = written()
  const args = ['search', file, '--budget', '120', '--hours', '1']
  const { context, written: printed, signal } = fakeContext({ client })
  const running = runCommandLine(args, context, '0.0.0')
  await until(async () => (await client.runs.list({})).some(({ status }) => status === 'running'))
  await until(() => printed.stdout.includes('Plan:'))
  signal('SIGINT')
  expect(await running).toBe(130)
  expect(printed.stderr).toContain(`The search is paused. Resume with: exitlab search ${file} --budget 120 --hours 1`)
  expect((await client.runs.list({})).every(({ status }) => status === 'paused' || status === 'done')).toBe(true)
  script({ holdAtStep: null })
  expect((await exitlab([...args, '--quiet'], { client })).exitCode).toBe(0)
})

test('a search is stopped by its name, and says that its runs are kept', async () => {
  const asked: unknown[] = []
  const client = fakeClient({
    'searches.stop': (input) => void asked.push(input),
    'searches.show': () => ({ status: 'stopped' }),
  })
  const { stdout } = await exitlab(['search', '--stop', 'toy'], { client })
  expect(asked).toEqual([{ search: 'toy' }])
  expect(stdout).toBe('The search toy is stopped. Its runs are kept.\n')
})

test('what cannot be searched is refused with its line', async () => {
  const { client } = await bench().open()
  const file = written(source.replace('training.learningRate: [0.001, 0.002]', 'training.schedule.cycleEpochs: [3, 4]'))
  const { exitCode, stderr } = await exitlab(['search', file, '--hours', '1'], { client })
  expect(exitCode).not.toBe(0)
  expect(stderr).toContain('toy.yaml:6')
  expect(stderr).toContain('training.schedule.cycleEpochs cannot be swept in a search')
  expect((await exitlab(['search', file], { client })).stderr).toContain('Expected --hours N')
})

test('a file for the winner whose folder is missing, or that is a folder, is refused before anything is trained', async () => {
  const file = written()
  const { exitCode, stderr } = await exitlab(['search', file, '--hours', '1', '--save', '/missing/winner.yaml'])
  expect(exitCode).toBe(8)
  expect(stderr).toContain('cannot write /missing/winner.yaml: there is no folder /missing')
  const folder = temporaryFolder()
  const into = await exitlab(['search', file, '--hours', '1', '--save', folder])
  expect(into.stderr).toContain(`cannot write ${folder}: it is a folder`)
})

test('hours and budgets beyond all numbers are refused where they are given', async () => {
  const digits = '9'.repeat(400)
  expect((await exitlab(['search', written(), '--hours', digits])).stderr).toContain('Expected a number above 0')
  expect((await exitlab(['best', '--budget', digits])).stderr).toContain('Expected percentages above 0')
})
