import { type DataSpec, dataSpec } from '../../../../src/shared/data/data.ts'
import { expect, test } from 'vitest'
import { planExperiment } from '../../../../src/engine/plan.ts'
import { memoryProblem, trainingMemory } from '../../../../src/main/execution/trainer-pool/training-memory.ts'
import { networkChoice } from '../../../../src/engine/networks/families.ts'
import type { ImageSpec } from '../../../../src/shared/network/network.ts'
import { experiment, refusal } from '../../host/support.ts'
import { transports } from '../../host/api/transports.ts'

const grey: ImageSpec = {
  kind: 'images',
  height: 4,
  width: 4,
  channels: 1,
  classes: 2,
  normalisation: { mean: [0], std: [1] },
  pad: 0,
}
const dataset = { ...grey, counts: { train: 100, validation: 10, test: 20 } }

function memoryOf({
  network,
  regimes = ['joint'],
  batchSize = 8,
  mixing = null,
  augmentation = 'none',
  data = dataset,
  gradientDominance = 'auto',
  momentCount = 2,
}: {
  network: object
  regimes?: string[]
  batchSize?: number
  mixing?: DataSpec['mixing']
  augmentation?: DataSpec['augmentation']
  data?: typeof dataset & { canStream?: true }
  gradientDominance?: number | 'auto'
  momentCount?: number
}) {
  const plan = planExperiment({ network: networkChoice.parse(network), samples: grey, regimes: regimes as 'joint'[] })
  const phases = plan.regimes.flatMap((regime) => regime.phases)
  const asked = { dataset: data, batchSize, mixing, augmentation, gradientDominance, momentCount }
  return { phases, memory: trainingMemory({ phases, ...asked }) }
}
const small = { family: 'vit', patchSize: 4, dim: 2, mlpDim: 3, depth: 1, headCount: 1, exits: [0] }

test('weights, gradients and moments, with the copies of a checkpoint; activations of a batch; images twice, a byte a value', () => {
  const { phases, memory } = memoryOf({ network: { ...small, depth: 2 } })
  const { model, gradients, dominance } = phases[0]!.numbers
  expect(gradients).toBe(model)
  expect(memory.weights).toBe(4 * (10 * model + dominance))
  expect(memory.images).toBe(2 * 130 * 16)
  expect(memory.total).toBe(500e6 + memory.weights + memory.activations + memory.images)
  const doubled = memoryOf({ network: { ...small, depth: 2 }, batchSize: 16 }).memory
  expect(doubled.activations).toBe(2 * memory.activations)
  const capped = memoryOf({ network: { ...small, depth: 2 }, batchSize: 1000 }).memory
  expect(capped.activations).toBeCloseTo((100 / 8) * memory.activations, 6)
  // Mixed images come in pairs.
  const { mixing } = dataSpec.parse({ source: 'mnist', mixing: {} })
  expect(memoryOf({ network: small, batchSize: 9, mixing }).memory.batch).toBe(8)
})

test('images that are streamed take the memory of three batches, however many there are', () => {
  const counts = { train: 1_200_000, validation: 80_000, test: 50_000 }
  const canStream = { ...dataset, counts, canStream: true as const }
  const images = (data: typeof canStream, augmentation: DataSpec['augmentation'] = 'none') =>
    memoryOf({ network: small, data, augmentation }).memory.images
  expect(images(canStream, 'resized-crop-flip')).toBe(3 * 8 * 16 * 4)
  // 21 MB at 4 × 4 are kept, 67 GB at 224 × 224 are not.
  expect(images(canStream)).toBe(2 * 1_330_000 * 16)
  expect(images({ ...canStream, height: 224, width: 224 })).toBe(3 * 8 * 224 * 224 * 4)
})

test('gradients are those of a step, or where dominance is measured one of the backbone for each exit that is compared, up to where it reaches', () => {
  const asked = { network: { ...small, depth: 2 }, regimes: ['disjoint', 'joint'] }
  const { phases } = memoryOf(asked)
  const [backbone, heads, joint] = phases.map(({ numbers }) => numbers)
  // Patch 16 × 2 + 2, class token 2, positions 2 × 2; a block of width 2 and MLP 3 has 49; the last norm 4.
  const [stem, block, norm] = [34 + 2 + 4, 4 + 18 + 6 + 4 + 9 + 8, 4]
  // The first block, which both exits depend on, is the largest part of them.
  expect(joint!.dominance).toBe(stem + block + (stem + 2 * block + norm) + 2 * (2 * block))
  // Of one loss, and of heads alone, there is nothing to compare.
  for (const phase of [backbone!, heads!]) expect(phase.dominance).toBe(0)
  const [measured, unmeasured] = [1, 0].map((gradientDominance) => memoryOf({ ...asked, gradientDominance }).memory)
  expect(measured!.weights - unmeasured!.weights).toBe(4 * (joint!.dominance - joint!.gradients))
})

test('the activations of a ResNet are counted from its shapes', () => {
  const { phases } = memoryOf({ network: { family: 'resnet', blockCounts: [1, 1], widths: [1, 1], exits: [0] } })
  // Stem and block 0 at 4 × 4: 3 convolutions, 3 norms, 3 ReLUs and a sum of 16 numbers; block 1 at 2 × 2, its shortcut besides:
  // 3 convolutions, 3 norms, 2 ReLUs and a sum of 4. Head: two poolings of 16, three operations on 16 outputs, one on 1, 2 logits;
  // classifier: a pooling of 4, and 2 logits.
  const [backbone, head, classifier] = [10 * 16 + 9 * 4, 2 * 16 + 3 * 16 + 1 + 2, 4 + 2]
  expect(phases[0]!.numbers.activations).toBe(backbone + head + classifier)
})

test('pooling whose windows are cut out one by one keeps a multiple of what it takes in', () => {
  const samples = { ...grey, height: 6, width: 6 }
  const of = (exits: number[]) => {
    const network = networkChoice.parse({ family: 'resnet', blockCounts: [3], widths: [1], exits })
    const [regime] = planExperiment({ network, samples, regimes: ['joint'] }).regimes
    return regime!.phases[0]!.numbers.activations
  }
  // Of 36 numbers 16 windows, for the maximum and for the mean; then three operations on 16 outputs, one on 1, and 2 logits.
  expect(of([0, 1]) - of([0])).toBeCloseTo(2 * 36 * (1 + 1.7 * 16) + 3 * 16 + 1 + 2, 6)
})

test('what does not fit is a problem with the numbers, on a GPU without what its own memory holds', () => {
  const gigabyte = 1e9
  const memory = { weights: 3 * gigabyte, activations: 60 * gigabyte, batch: 8, images: gigabyte, total: 64 * gigabyte }
  expect(memoryProblem(memory, { available: 32 * gigabyte, gpu: false })).toEqual({
    path: ['training', 'batchSize'],
    message: expect.stringMatching(
      /^training takes about 64\.0 GB of memory, but this machine has 32\.0 GB: 3\.0 GB for weights, gradients and moments, 60\.0 GB for the activations of a batch, 1\.0 GB for the data set\. Make the network/,
    ) as string,
  })
  expect(memoryProblem(memory, { available: 64 * gigabyte, gpu: false })).toBeNull()
  expect(memoryProblem(memory, { available: 32 * gigabyte, gpu: true })).toBeNull()
  expect(memoryProblem({ ...memory, batch: 2 }, { available: 32 * gigabyte, gpu: false })?.path).toEqual(['network'])
  const deep = { ...memory, weights: 1e30, total: 1e30 }
  expect(memoryProblem(deep, { available: 32 * gigabyte, gpu: true })).toEqual({
    path: ['network'],
    message: expect.stringMatching(
      /^training takes about 1\.0e15 PB of memory, but this machine has 32\.0 GB: 1\.0e15 PB for weights, gradients and moments, 1\.0 GB for the data set\./,
    ) as string,
  })
})

const tooLarge: [what: string, network: object, data?: object][] = [
  ['dim', { family: 'vit', variant: 'vit-t', patchSize: 4, dim: 1e12, headCount: 1 }],
  ['pad', { family: 'resnet', blockCounts: [1, 1] }, { pad: 1_000_000 }],
  ['20 stages', { family: 'resnet', blockCounts: Array(20).fill(1) }],
]
test.each(tooLarge)(
  'a plan of sizes beyond the machine has costs and the reason, a start is refused: %s',
  async (_, network, data) => {
    const { client } = await transports[0]![1]()
    const asked = experiment()
    const file = { ...asked.file, network: networkChoice.parse(network), data: { ...asked.file.data, ...data } }
    const reason = /training takes about .* of memory, but this machine has/
    const plan = await client.experiments.plan({ ...asked, file, calibrate: true })
    expect(plan.obstacles).toMatchObject([{ message: expect.stringMatching(reason) as string }])
    expect(plan.estimatedSeconds).toBeNull()
    expect(plan.backboneMacs).toBeGreaterThan(0)
    expect(plan.exits.map(({ macs }) => macs)).toEqual(plan.series[0]!.exits.map(({ macs }) => macs))
    const { code, message } = await refusal(client.experiments.create({ ...asked, file }))
    expect(code).toBe('invalid-experiment')
    expect(message).toMatch(reason)
  },
)
