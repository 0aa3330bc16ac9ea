import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { experimentFile } from '../../../../src/contract/experiment/experiment.ts'
import { decodeSafetensors } from '../../../../src/shared/safetensors/safetensors.ts'
import { askReading } from '../../../../src/readings/ask.ts'
import { openHost } from '../../../../src/main/host/open/index.ts'
import { exitRuleOf } from '../../../../src/engine/exits/index.ts'
import { leavingExits, scoreExits } from '../../../../src/engine/evaluation/scored-exits.ts'
import { pythonWith } from '../../../support/python.ts'
import { writeTinyData } from '../../trainer/support/tiny-data.ts'
import { temporaryFolder } from '../support.ts'

const check = fileURLToPath(new URL('../../../support/check_export.py', import.meta.url))
const checkSegments = fileURLToPath(new URL('../../../support/check_segments.py', import.meta.url))
const python = process.env.EXITLAB_PYTHON

/** Trains a small network with the real trainer and exports it. */
async function exported(): Promise<{ folder: string; gate: string; images: string }> {
  const images = temporaryFolder()
  await writeTinyData(images)
  const host = await openHost({ workspace: temporaryFolder() })
  onTestFinished(() => host.close())
  const file = experimentFile.parse({
    name: 'tiny',
    data: { source: 'mnist', path: images, pad: 2, limit: { test: 40 }, augmentation: 'none', calibration: {} },
    network: { family: 'resnet', blockCounts: [1, 1, 1], widths: [4, 8, 8], exits: [0, 1] },
    regimes: ['mixed'],
    training: { epochs: 2, batchSize: 50 },
  })
  const { runs } = await host.client.experiments.create({ file })
  await host.idle()
  const folder = join(temporaryFolder(), 'run')
  await host.client.exports.run({ run: runs[0]!.id, folder, segments: { rule: 'scaled-entropy', budget: 0.9 } })
  const gate = join(temporaryFolder(), 'gate')
  await host.client.exports.run({ run: runs[0]!.id, folder: gate, segments: { rule: 'learned-gate', budget: 0.9 } })
  const run = await host.client.runs.show({ run: runs[0]!.id })
  expect(run.status).toBe('done')
  const { series } = await askReading(host.client, { reading: 'thresholds', question: { runs: [run.id] } })
  expect(series[0]!.tested.on).toBe('calibration')
  const { costs } = run
  expect(JSON.parse(readFileSync(join(folder, 'costs.json'), 'utf8'))).toEqual({
    backbone: costs.backboneMacs,
    exits: costs.exits.map(({ macs }) => macs),
  })
  return { folder, gate, images }
}

/** Accuracy of each exit as predictions.csv has it. */
function accuraciesIn(csv: string, split: string): number[] {
  const lines = csv.trimEnd().split('\n').slice(1)
  const fields = lines.map((line) => line.split(',')).filter(([name]) => name === split)
  const exits = [...new Set(fields.map(([, , , , exit]) => exit))]
  return exits.map((exit) => {
    const mine = fields.filter((each) => each[4] === exit)
    return mine.filter(([, , , label, , prediction]) => label === prediction).length / mine.length
  })
}

test('a real run is exported as one folder whose files agree', async ({ annotate }) => {
  const { folder, images } = await exported()
  const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as {
    phases: { name: string }[]
    accuracies: { validation: number[]; test: number[] }
    versions: Record<string, string>
    data: object
    samples: Record<'validation' | 'calibration' | 'test', { count: number; indices: number[] }>
  }
  expect(record.phases.map(({ name }) => name)).toEqual(['backbone', 'all exits'])
  expect(record.versions).toMatchObject({ node: process.version, tensorflow: expect.stringMatching(/^2\./) })
  expect(record.data).not.toHaveProperty('path')
  const csv = readFileSync(join(folder, 'predictions.csv'), 'utf8')
  expect(accuraciesIn(csv, 'test')).toEqual(record.accuracies.test.map((accuracy) => expect.closeTo(accuracy, 9)))
  expect(accuraciesIn(csv, 'validation')).toEqual(
    record.accuracies.validation.map((accuracy) => expect.closeTo(accuracy, 9)),
  )
  const { arrays } = decodeSafetensors(readFileSync(join(folder, 'evaluation.safetensors')))
  expect(arrays['test.logits']!.shape).toEqual([3, 40, 10])
  const { samples } = record
  expect(Array.from(arrays['test.indices']!.values)).toEqual(samples.test.indices)
  const digits = readFileSync(join(images, 't10k-labels-idx1-ubyte')).subarray(8)
  expect(samples.test.indices.map((index) => digits[index])).toEqual(Array.from(arrays['test.labels']!.values))
  expect(new Set(samples.test.indices).size).toBe(40)
  expect(samples.calibration.count).toBe(samples.validation.count)
  const held = [...samples.validation.indices, ...samples.calibration.indices]
  expect(new Set(held).size).toBe(2 * samples.calibration.count)
  expect(Array.from(arrays['calibration.indices']!.values)).toEqual(samples.calibration.indices)
  expect(accuraciesIn(csv, 'calibration')).toHaveLength(3)
  const rows = csv.split('\n').map((line) => line.split(','))
  const inTable = rows
    .filter(([split, , , , exit]) => split === 'test' && exit === '0')
    .map(([, , index]) => Number(index))
  expect(inTable).toEqual(samples.test.indices)
  const weights = decodeSafetensors(readFileSync(join(folder, 'model.safetensors'))).arrays
  expect(Object.keys(weights)).toContain('heads.1.fc.weight')

  if (python === undefined)
    return void annotate('not compared with PyTorch: EXITLAB_PYTHON names no Python that has it')
  const files = ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'].map((name) => join(images, name))
  const answer = execFileSync(python, [check, folder, ...files], { encoding: 'utf8' })
  expect((JSON.parse(answer) as { difference: number }).difference).toBeLessThan(1e-4)
})

test('the segments of a real run, and the program that leaves early, agree with its logits', async ({ skip }) => {
  const found = pythonWith('numpy', 'onnx', 'onnxruntime')
  if (found.python === null) return skip(found.reason)
  const { folder, gate, images } = await exported()
  checkProgram(found.python, { rule: 'scaled-entropy', folder, images })
  checkProgram(found.python, { rule: 'learned-gate', folder: gate, images })
})

function checkProgram(python: string, { rule, folder, images }: Record<'rule' | 'folder' | 'images', string>): void {
  const answer = execFileSync(python, [checkSegments, folder, join(images, 't10k-images-idx3-ubyte')], {
    encoding: 'utf8',
  })
  const { segments, whole, exits } = JSON.parse(answer) as { segments: number; whole: number; exits: number[] }
  expect(Math.max(segments, whole)).toBeLessThan(1e-4)
  const { leaving } = JSON.parse(readFileSync(join(folder, 'segments.json'), 'utf8')) as {
    leaving: { rule: string; threshold: number; fitted: number[][] }
  }
  const { arrays } = decodeSafetensors(readFileSync(join(folder, 'evaluation.safetensors')))
  const [logits, targets] = ['test.logits', 'test.labels'].map((name) => arrays[name]!)
  const outputs = {
    exitCount: 3,
    sampleCount: 40,
    classCount: 10,
    logits: logits!.values as Float32Array,
    targets: targets!.values as Int32Array,
  }
  const scored = scoreExits(exitRuleOf(leaving.rule).rule, outputs, leaving)
  expect(leaving.rule).toBe(rule)
  expect(leaving.fitted).toHaveLength(3)
  expect(exits).toEqual([...leavingExits(scored, leaving.threshold)])
}
