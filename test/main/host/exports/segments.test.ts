import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askReading } from '../../../../src/readings/ask.ts'
import type { SegmentsInput } from '../../../../src/contract/exports.ts'
import { trainedBench } from '../analyses/support.ts'
import { temporaryFolder } from '../support.ts'

/** Exports the first run. */
async function exported(segments: SegmentsInput) {
  const { client } = await trainedBench()
  const folder = join(temporaryFolder(), 'run')
  const write = client.exports.run({ run: 'toy-joint-s1', folder, segments })
  return { client, folder, write, text: (name: string) => readFileSync(join(folder, name), 'utf8') }
}

test('a run is exported with its segments, their description and a program', async () => {
  const { client, write, text } = await exported({})
  const { files } = await write
  const { costs, network } = await client.runs.show({ run: 'toy-joint-s1' })
  const exits = costs.exits.map(({ exit }) => exit)
  const segments = exits.map((exit) => `segment-${exit}.onnx`)
  expect(files).toEqual(expect.arrayContaining([...segments, 'all-exits.onnx', 'segments.json', 'early_exit.py']))
  const about = JSON.parse(text('segments.json')) as { segments: { exit: number; file: string }[]; costs: object }
  expect(about).toMatchObject({
    task: 'classification',
    classes: network.classes,
    costs: { backbone: costs.backboneMacs, exits: costs.exits.map(({ macs }) => macs) },
    allExits: { file: 'all-exits.onnx', exits },
    leaving: { rule: 'confidence', threshold: null, budget: null },
  })
  expect(about.segments.map(({ exit, file }) => [exit, file])).toEqual(segments.map((file, exit) => [exit, file]))
  expect(text('README.md')).toContain('| `segment-0.onnx`, … |')
  expect(text('early_exit.py')).toContain('threshold = float(sys.argv[2])\n')
})

test('its threshold is the one that a comparison finds for the budget on validation samples', async () => {
  const { client, write, text } = await exported({ rule: 'entropy', budget: 1 })
  await write
  const { leaving } = JSON.parse(text('segments.json')) as {
    leaving: { rule: string; threshold: number; validation: { accuracy: number; macs: number } }
  }
  const answer = await askReading(client, {
    reading: 'what-if',
    question: {
      runs: ['toy-joint-s1'],
      rule: 'entropy',
      split: 'validation',
      thresholds: leaving.threshold,
    },
  })
  expect(answer.cost.mean).toBeCloseTo(leaving.validation.macs, 6)
  expect(answer.value.mean).toBeCloseTo(100 * leaving.validation.accuracy, 9)
  expect(leaving.validation.macs).toBeLessThanOrEqual(answer.backboneCost)
  expect(text('early_exit.py')).toContain('normalised entropy of its classes is above the threshold')
})

test('its threshold may be one with a guarantee, which description and program carry with what restricts it', async () => {
  const { client, write, text } = await exported({ guarantee: { risk: 'harm', bound: 1, tolerated: 0.9, delta: 0.4 } })
  await write
  const question = { runs: ['toy-joint-s1'], risk: 'harm', tolerated: [0.9], delta: 0.4, drops: [] } as const
  const { series } = await askReading(client, {
    reading: 'thresholds',
    question: { ...question, runs: [...question.runs], tolerated: [0.9], drops: [] },
  })
  const { threshold, p, risk } = series[0]!.choices[0]!.seeds[0]!
  const { leaving } = JSON.parse(text('segments.json')) as {
    leaving: { guarantee: { sentence: string; caveat: string } }
  }
  const { samples } = series[0]!.tested
  expect(leaving).toMatchObject({
    threshold,
    budget: null,
    guarantee: { risk: 'harm', tolerated: 0.9, delta: 0.4, samples, sampleRisk: risk, p },
  })
  expect(leaving.guarantee.sentence).toMatch(
    /^With probability 60 % the share of samples that leave with a wrong class .* is at most 90 % \(exact binomial test on /,
  )
  expect(leaving.guarantee.caveat).toContain('not strict')
  for (const line of [leaving.guarantee.sentence, leaving.guarantee.caveat])
    expect(text('early_exit.py')).toContain(line)
})

test('a guarantee that no threshold gives is refused', async () => {
  const { write } = await exported({ guarantee: { risk: 'inconsistency', bound: 1, tolerated: 1e-6, delta: 0.1 } })
  await expect(write).rejects.toThrow('toy-joint-s1 has no threshold that guarantees inconsistency of at most 0.0001 %')
})

test('a budget below that of the first exit is refused, and nothing is written', async () => {
  const { write, text } = await exported({ budget: 0.001 })
  await expect(write).rejects.toThrow('toy-joint-s1 has no threshold for a budget of 0.1 % of the backbone')
  expect(() => text('README.md')).toThrow('ENOENT')
})

test('an exit rule of another task is refused', async () => {
  const { write } = await exported({ rule: 'difference' })
  await expect(write).rejects.toThrow('cannot be read by the exit rule difference')
})

test('without segments, no model is written', async () => {
  const { client } = await trainedBench()
  const { files } = await client.exports.run({ run: 'toy-joint-s1', folder: join(temporaryFolder(), 'run') })
  expect(files.filter((name) => /onnx|segments|py$/.test(name))).toEqual(['prepare_images.py'])
})
