import { describe, expect, it } from 'vitest'
import { total } from '../../../src/engine/layers/operations.ts'
import { elements } from '../../../src/engine/layers/parameter.ts'
import { families } from '../../../src/engine/networks/families.ts'
import { createNetwork, type Network } from '../../../src/engine/networks/index.ts'
import { stream, type Stream } from '../../../src/engine/random.ts'
import { tf } from '../../../src/engine/tf.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import { randomParameters, recordingContext } from '../../support/forward.ts'
import { randomInputs } from '../../support/inputs.ts'
import { modulesOf } from '../../../src/engine/networks/msdnet/modules.ts'
import { smallBert, smallMsdnet, smallResnet, smallVit } from '../../support/networks.ts'
import { onnxFixtures, onnxModel, onnxSpec } from '../../support/onnx-fixtures.ts'
import '../../support/tensorflow.ts'

const seed = Number(process.env['TEST_SEED'] ?? 1)

const pick = <T>(random: Stream, ...choices: T[]): T => choices[random.integer(choices.length)]!
const upTo = (random: Stream, most: number, least = 1) => least + random.integer(most - least + 1)
/** Some of the blocks 0 … last, at least one. */
function someBlocks(random: Stream, last: number): number[] {
  const all = Array.from({ length: last + 1 }, (_, block) => block)
  const chosen = all.filter(() => random.integer(2) === 0)
  return chosen.length > 0 ? chosen : [random.integer(last + 1)]
}

/** Names of tables that are looked up, not multiplied with. */
const tables = /^(embeddings|words|places|segments)\./

const specs: Record<string, (random: Stream) => NetworkSpec> = {
  resnet(random) {
    const blockCounts = Array.from({ length: upTo(random, 2) }, () => upTo(random, 3, 2))
    const blockCount = blockCounts.reduce((sum, count) => sum + count, 0)
    return smallResnet({
      blockCounts,
      widths: blockCounts.map(() => upTo(random, 6, 2)),
      block: pick(random, 'basic', 'bottleneck'),
      ...pick(random, { stem: '3x3' }, { stem: '7x7' }, { stem: '3x3', maxPool: true }),
      inputShape: [upTo(random, 30, 24), upTo(random, 30, 24), upTo(random, 3)],
      pad: random.integer(3),
      head: pick(random, 'pooled', 'conv', 'conv_2l'),
      classes: upTo(random, 5, 2),
      exits: someBlocks(random, blockCount - 2),
    })
  },
  vit(random) {
    const [headCount, patchSize, depth] = [upTo(random, 3), upTo(random, 4), upTo(random, 3)]
    return smallVit({
      headCount,
      patchSize,
      depth,
      imageSize: patchSize * upTo(random, 3),
      dim: headCount * upTo(random, 4),
      mlpDim: upTo(random, 9),
      channels: upTo(random, 3),
      classes: upTo(random, 5, 2),
      head: pick(random, '1L', '2L-1024'),
      exits: someBlocks(random, depth - 1),
    })
  },
  bert(random) {
    const [headCount, depth] = [upTo(random, 3), upTo(random, 3)]
    return smallBert({
      headCount,
      depth,
      dim: headCount * upTo(random, 4),
      mlpDim: upTo(random, 9),
      classes: upTo(random, 5),
      vocabulary: upTo(random, 20),
      maxLength: upTo(random, 9, 2),
      head: pick(random, '1L', '2L-1024'),
      exits: someBlocks(random, 2 * depth - 1),
    })
  },
  msdnet(random) {
    const growthFactors = Array.from({ length: upTo(random, 3) }, () => upTo(random, 2))
    const bottleneckFactors = random.integer(3) === 0 ? null : growthFactors.map(() => upTo(random, 2))
    const spec = smallMsdnet({
      growthFactors,
      bottleneckFactors,
      layers: upTo(random, 6, 2),
      channels: upTo(random, 4),
      growth: 2,
      prune: pick(random, 'max', 'min'),
      reduction: pick(random, 0, 0.5, 1),
      classes: upTo(random, 5, 2),
      inputShape: [upTo(random, 17, 8), upTo(random, 17, 8), upTo(random, 3)],
      pad: random.integer(2),
      head: pick(random, 'pooled', 'msdnet', 'conv'),
    })
    return { ...spec, exits: someBlocks(random, modulesOf(spec).length - 2) }
  },
  onnx(random) {
    const model = onnxModel(pick(random, ...onnxFixtures))
    const spec = onnxSpec(model)
    const heads = spec.feature.endsWith('token') ? ['1L', '2L-1024'] : ['pooled', 'msdnet']
    const exits = someBlocks(random, spec.sites.length - 2)
    return { ...spec, head: pick(random, ...heads), classes: upTo(random, 7, 2), exits }
  },
}

it('there is a source of random networks for every family', () => {
  expect(Object.keys(specs)).toEqual(families.names())
})

const cases = Object.entries(specs).flatMap(([family, specOf]) =>
  Array.from({ length: 12 }, (_, i) => specOf(stream(seed, family, i))),
)

describe.each(cases.map((spec) => [JSON.stringify(spec), spec] as const))(`seed ${seed}: %s`, (_, spec) => {
  const network = createNetwork(spec)
  const arrays = randomParameters(network, seed)
  const inputs = () => randomInputs(spec, 2, seed)
  const groupOf = new Map(network.parameters.map(({ name, group }) => [name, group]))

  it('has the features and logits that it declares, from all of its parameters', () => {
    const { context, asked } = recordingContext(arrays)
    tf.tidy(() => {
      const logits = network.forward(context, inputs(), {
        onBlock(block, features) {
          const declared = Object.entries(network.sites[block]!.features).map(([name, each]) => [
            name,
            [2, ...each.shape],
          ])
          expect(Object.entries(features).map(([name, tensor]) => [name, tensor.shape])).toEqual(declared)
        },
      })
      expect(logits.map((each) => each!.shape)).toEqual(network.exits.map(() => [2, spec.classes]))
    })
    expect([...asked].sort()).toEqual([...groupOf.keys()].sort())
  })

  it('reaches for each exit the groups that its logits are computed from', () => {
    for (const { exit, reaches } of network.exits) {
      const { context, asked } = recordingContext(arrays)
      tf.tidy(() => void network.forward(context, inputs(), { exits: [exit] }))
      expect(new Set([...asked].map((name) => groupOf.get(name)))).toEqual(new Set(reaches))
    }
  })

  it('counts each weight of convolutions and linear layers once, with the size that it has', () => {
    expect(countedWeights(network)).toEqual(
      network.parameters
        .filter(({ name, shape }) => shape.length > 1 && name.endsWith('.weight') && !tables.test(name))
        .map(({ name, shape }) => [name, elements(shape)])
        .sort(),
    )
  })

  it('costs as much up to the final exit as the bare backbone and all heads', () => {
    const { exits, backbone } = network.operations
    const heads = exits.at(-1)!.filter(({ module }) => module.startsWith('heads.'))
    expect(total(exits.at(-1)!)).toBe(total(backbone) + total(heads))
    const macs = exits.map(total)
    expect(macs).toEqual(macs.toSorted((a, b) => a - b))
  })
})

/** Names and sizes of the weights that the operations up to the final exit multiply with; networks of files also multiply with constants. */
function countedWeights({ operations, parameters }: Network): [string, number][] {
  const weights = new Set(parameters.map(({ name }) => name))
  return operations.exits
    .at(-1)!
    .filter(({ module }) => weights.has(`${module}.weight`))
    .flatMap((operation): [string, number][] => {
      const { module, kind, sizes } = operation
      if (kind === 'linear') return [[`${module}.weight`, sizes.inputs * sizes.features]]
      if (kind === 'convolution') return [[`${module}.weight`, sizes.kernelArea * sizes.channels * sizes.filters]]
      return []
    })
    .sort()
}
