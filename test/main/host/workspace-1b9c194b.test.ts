import { parse } from 'csv-parse/sync'
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { costs } from '../../../src/engine/cost/ledger.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { readOnnx } from '../../../src/shared/onnx-file/read-model.ts'
import { onnxSpec } from '../../support/onnx-fixtures.ts'
import { phaseIds } from '../../../src/main/execution/depot/depot.ts'
import { phaseIdOf } from '../../../src/main/execution/depot/phase-job.ts'
import { openStore } from '../../../src/main/store/open.ts'
import { copyInto, goesOn } from '../../fixtures/workspace-1b9c194b/place.ts'
import { printed } from '../../fixtures/workspace-1b9c194b/printed.ts'
import { expectSameWeights } from './same-weights.ts'
import { temporaryFolder } from './support.ts'

const fixture = fileURLToPath(new URL('../../fixtures/workspace-1b9c194b/', import.meta.url))
const program = fileURLToPath(new URL('../../../exitlab', import.meta.url))

interface PrintedRun {
  status: string
  phases: { id: string }[]
}

/** A copy of the fixture, and the command line in it. */
function copied() {
  const place = temporaryFolder()
  copyInto(place)
  const workspace = join(place, 'workspace')
  const environment = { ...process.env, XDG_CONFIG_HOME: join(place, 'config'), EXITLAB_WORKSPACE: workspace }
  async function exitlab(...args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(program, args, { cwd: place, env: environment })
    return stdout
  }
  return { place, workspace, exitlab }
}

/** Later versions may print more keys and columns. */
const read = (file: string, text: string) =>
  (file.endsWith('.json') ? JSON.parse(text) : parse(text, { columns: true })) as object

/** Costs of networks of files are counted otherwise since (method 6.1), so that other samples leave early within a budget. */
const isRecounted = (file: string) => file.startsWith('onnx')

test('of a network of a file the accuracies of exits stay, and the costs are those of the present rule', () => {
  const [before, now] = ['expected', 'recounted'].map((folder) => {
    const rows = parse<Record<string, string>>(readFileSync(join(fixture, folder, 'onnx-exits.csv')), { columns: true })
    return { costs: rows.map(({ macs }) => Number(macs)), others: rows.map(({ macs: _, fraction: __, ...row }) => row) }
  })
  expect(now!.others).toEqual(before!.others)
  const file = join(fixture, 'network.onnx')
  const spec = { ...onnxSpec(readOnnx(readFileSync(file), file)), classes: 10, exits: [0, 1] }
  const [byRule1, byRule2] = ([1, 2] as const).map((rule) => costs(createNetwork(spec, rule)).exits)
  expect(before!.costs).toEqual([...byRule1!, ...byRule1!])
  expect(now!.costs).toEqual([...byRule2!, ...byRule2!])
})

test('what was trained with weights of exits by rule 1 is found again, and so are further seeds of it', async () => {
  const { place, exitlab } = copied()
  const done = JSON.parse(await exitlab('list', 'onnx', '--json')) as PrintedRun[]
  const planned = await exitlab('plan', 'onnx.yaml')
  expect(planned).toContain('6 distinct phases, 6 of them trained')
  expect(planned).toContain('counted by rule 1 (method 6.1), and weigh exits by them: they go on by that rule')
  const text = readFileSync(join(place, 'onnx.yaml'), 'utf8')
  writeFileSync(join(place, 'more.yaml'), text.replace('seeds: [1, 2]', 'seeds: [1, 2, 3]'))
  expect(await exitlab('plan', 'more.yaml')).toContain('9 distinct phases, 6 of them trained')
  await exitlab('run', 'onnx.yaml', '--quiet')
  expect(JSON.parse(await exitlab('list', 'onnx', '--json'))).toEqual(done)
})

interface PrintedBest {
  atBudgets?: { ranking: { test?: object | null }[] }[]
}

/** Which test values `best` has of others than the best was another rule then: of whatever a test did not tell from it, and of that alone. */
function ofToday(expected: PrintedBest): object {
  for (const { ranking } of expected.atBudgets ?? []) for (const other of ranking.slice(1)) delete other.test
  return expected
}

test('runs, comparisons and verdicts are printed as by 1b9c194b', async () => {
  const { exitlab } = copied()
  for (const [file, args] of Object.entries(printed)) {
    const expected = readFileSync(join(fixture, isRecounted(file) ? 'recounted' : 'expected', file), 'utf8')
    expect(read(file, await exitlab(...args)), file).toMatchObject(ofToday(read(file, expected)))
  }
})

test('its phases have the ids that this version gives them', () => {
  const store = openStore(copied().workspace)
  onTestFinished(() => store.close())
  const phases = store.phases.all()
  for (const { id, definition } of phases) expect(phaseIdOf(definition)).toBe(id)
  expect(phases.length).toBeGreaterThan(30)
})

test.each(Object.entries(goesOn))(
  'its phase of %s is found again, and resumes to the weights that 1b9c194b ended with',
  async (name, args) => {
    const { workspace, exitlab } = copied()
    await exitlab(...args)
    const [run, ...others] = JSON.parse(await exitlab('list', name, '--json')) as PrintedRun[]
    expect([run!.status, others]).toEqual(['done', []])
    expectSameWeights(join(workspace, 'checkpoints', run!.phases.at(-1)!.id), join(fixture, 'expected/weights', name))
  },
)

test('its depot says that the data are elsewhere, and queued again from there its phase trains to the weights of 1b9c194b', async () => {
  const { place, exitlab } = copied()
  const depot = join(place, 'depot')
  const [id] = await phaseIds(depot)
  await expect(exitlab('train-phase', depot, id!)).rejects.toMatchObject({
    code: 7,
    stderr: expect.stringContaining('/made/data does not exist') as string,
  })
  expect(await exitlab('depot', 'add', 'queued.yaml', depot)).toBe(`${id}\n`)
  await exitlab('train-phase', depot, id!, '--threads', '2')
  expectSameWeights(join(depot, id!), join(fixture, 'expected/weights/queued'))
  expect(await exitlab('depot', 'list', depot, '--json')).toContain('"evaluated":1')
})
