import { expect, it } from 'vitest'
import { compute } from '../../../../src/readings/analyses/mode-connectivity/compute.ts'
import { permuteUnits } from '../../../../src/engine/matching/permute-units.ts'
import type { EngineArray, Network } from '../../../../src/engine/networks/index.ts'
import { createNetwork } from '../../../../src/engine/networks/index.ts'
import { createState } from '../../../../src/engine/tf.ts'
import { createEvaluation, measureExits } from '../../../../src/engine/training/evaluate.ts'
import {
  modeConnectivityParameters,
  modeConnectivityResult,
} from '../../../../src/readings/analyses/mode-connectivity/schema.ts'
import { modelOf, noTraining, runAnalysis } from '../../../support/analyses.ts'
import { expectClose } from '../../../support/arrays.ts'
import { randomParameters } from '../../../support/forward.ts'
import { madeUpBatches } from '../../../support/images.ts'
import { smallResnet, smallVit } from '../../../support/networks.ts'
import '../../../support/tensorflow.ts'
import { randomOrders } from '../../../support/units.ts'

type Arrays = Record<string, EngineArray>

const resnet = createNetwork(smallResnet())
const first = randomParameters(resnet, 1)
const second = randomParameters(resnet, 2)
const testImages = (network: Network) => madeUpBatches(network.spec, { count: 20, batchSize: 8, seed: 2 })

interface Setting {
  network?: Network
  ends?: readonly [Arrays, Arrays]
}

/** Runs the analysis and says what it told on the way. */
function analyse(asked: Record<string, unknown>, setting: Setting = {}) {
  const { network = resnet, ends = [first, second] } = setting
  return runAnalysis(compute, {
    parameters: modeConnectivityParameters.parse({ points: 5, statisticsImages: 100, images: 20, ...asked }),
    models: ends.map((arrays) => modelOf(network, arrays)),
    images: {
      some: (split, { count }) =>
        split === 'test' ? testImages(network) : madeUpBatches(network.spec, { count, batchSize: 16, seed: 1 }),
      training: noTraining,
    },
  })
}

it('a model and the same model with permuted units: after matching, every point of the path is the model', async () => {
  const permuted = permuteUnits(resnet.parameters, first, randomOrders(resnet, 3))
  const { result } = await analyse({}, { ends: [first, permuted] })
  expect(result.matching!.distanceBefore).toBeGreaterThan(1)
  expect(result.matching!.distanceAfter).toBe(0)
  const [start, , middle] = result.naive.test!.losses
  middle!.forEach((loss, exit) => expect(Math.abs(loss - start![exit]!), `exit ${exit}`).toBeGreaterThan(0.01))
  for (const split of [result.matched!.train, result.matched!.test!]) {
    for (const losses of split.losses) expectClose(losses, split.losses[0]!, 1e-6)
    expect(split.meanBarrier).toBeLessThan(1e-6)
  }
})

it.each([
  ['ResNet with pooled heads', resnet],
  ['ResNet with convolutional heads', createNetwork(smallResnet({ head: 'conv', inputShape: [16, 16, 1] }))],
  ['ViT', createNetwork(smallVit({ headCount: 4 }))],
])('matching changes no logit by more than rounding: %s', async (_, network) => {
  const ends = [randomParameters(network, 1), randomParameters(network, 2)] as const
  const { result } = await analyse({ points: 3 }, { network, ends })
  const { equivalence, distanceBefore, distanceAfter } = result.matching!
  expect(equivalence.images).toBe(20)
  expect(equivalence.largestDifference).toBeGreaterThan(0)
  expect(equivalence.largestDifference).toBeLessThan(1e-3)
  expect(distanceAfter).toBeLessThan(distanceBefore)
})

async function evaluated(arrays: Arrays) {
  const state = createState(arrays)
  const evaluation = createEvaluation(resnet, [0, 1, 2])
  const metrics = (await measureExits(evaluation, { state, batches: testImages(resnet) }))!
  evaluation.dispose()
  state.dispose()
  return metrics
}

it('λ = 0 and 1 are the models themselves', async () => {
  const { result } = await analyse({ batchNorm: 'interpolated' })
  const { losses, accuracies } = result.naive.test!
  for (const [place, arrays] of [
    [0, first],
    [4, second],
  ] as const) {
    // prettier-ignore
    const metrics = await evaluated(arrays)
    expect(losses[place]).toEqual(metrics.map(({ loss }) => loss))
    expect(accuracies[place]).toEqual(metrics.map(({ accuracy }) => accuracy))
  }
  expect(result.matched!.test!.losses[4]).toEqual(losses[4])
})

it('statistics of batch norm are measured anew at each place, the ends included, unless they are interpolated', async () => {
  const anew = (await analyse({ matched: false, images: 30 })).result
  const interpolated = (await analyse({ matched: false, batchNorm: 'interpolated' })).result
  anew.naive.test!.losses.forEach((losses, place) => {
    expect(losses, `place ${place}`).not.toEqual(interpolated.naive.test!.losses[place])
  })
  expect(anew.caveats.join()).toContain('re-estimated')
  expect(anew.caveats[0]).toBe('Only 20 test samples are available of the requested 30.')
  expect(interpolated.caveats.join()).toContain('interpolated')
})

it('does not mention matching or batch norm where there is none', async () => {
  const network = createNetwork(smallVit())
  const ends = [randomParameters(network, 1), randomParameters(network, 2)] as const
  const { result } = await analyse({ matched: false }, { network, ends })
  expect(result).toMatchObject({ matched: null, matching: null, caveats: [] })
})

it('a matching that was stopped early is reported', async () => {
  const { result } = await analyse({ points: 3, sweeps: 1 })
  expect(result.matching!.sweeps).toBe(1)
  expect(result.caveats.join()).toContain('not converged after 1 sweep.')
})

it('where matching moves no unit the matched path equals the naive one and is not measured again', async () => {
  const close = Object.fromEntries(
    Object.entries(first).map(([name, { shape, values }]) => [
      name,
      { shape, values: values.map((each) => each * 1.1) },
    ]),
  )
  const { result, previews, planned, kept } = await analyse({}, { ends: [first, close] })
  expect(planned).toEqual([109, 7])
  expect([...kept.keys()].filter((key) => key.startsWith('matched'))).toEqual([])
  expect(kept.size).toBe(7)
  expect(result.matching!.distanceAfter).toBe(result.matching!.distanceBefore)
  expect(result.matching!.equivalence.largestDifference).toBe(0)
  expect(result.matched).toEqual(result.naive)
  expect(previews.map(({ matched }) => matched!.test!.losses.length)).toEqual([2, 3, 4, 5])
  expect(result.caveats[1]).toContain('the same initial weights')
  const alone = await analyse({ matched: false }, { ends: [first, close] })
  expect(result.naive).toEqual(alone.result.naive)
})

it('plans its parts, and previews the whole path with more points after each part', async () => {
  const { result, previews, planned, kept } = await analyse({})
  // Of at most 100 rounds.
  expect(planned).toEqual([kept.size + 100 - result.matching!.sweeps, kept.size])
  expect(previews.map(({ lambdas }) => lambdas)).toEqual([
    [0, 1],
    [0, 0.5, 1],
    [0, 0.25, 0.5, 1],
    [0, 0.25, 0.5, 0.75, 1],
  ])
  for (const preview of previews) expect(modeConnectivityResult.parse(preview)).toEqual(preview)
  expect(previews.at(-1)).toEqual(result)
  expect(result.naive.train.losses).toHaveLength(5)
})

it('in bfloat16 reports how far its losses are from those in float32, at the ends and in the middle', async () => {
  const [exact, rounded] = [await analyse({}), await analyse({ precision: 'bfloat16' })]
  expect(exact.result.precisionError).toBeUndefined()
  const { precisionError, caveats, matching } = rounded.result
  const difference = (point: number) =>
    Math.max(
      ...(['train', 'test'] as const).flatMap((split) =>
        rounded.result.naive[split]!.losses[point]!.map((loss, exit) =>
          Math.abs(loss - exact.result.naive[split]!.losses[point]![exit]!),
        ),
      ),
    )
  expect(precisionError).toEqual({ ends: Math.max(difference(0), difference(4)), middle: difference(2) })
  expect(precisionError!.ends).toBeGreaterThan(0)
  expect(precisionError!.ends).toBeLessThan(0.1)
  expect(matching).toEqual(exact.result.matching)
  expect(caveats[0]).toContain('Computed in bfloat16')
  expect(rounded.planned.at(-1)).toBe(rounded.kept.size)
  // It is told once it is known.
  expect(rounded.previews.map((each) => each.precisionError === null)).toEqual([true, false, false, false])
})

it('refuses to show a path to a model that the matching has changed', async () => {
  const parameters = resnet.parameters.map((parameter) =>
    parameter.name === 'blocks.0.conv2.weight' ? { ...parameter, axes: parameter.axes.slice(1) } : parameter,
  )
  await expect(analyse({}, { network: { ...resnet, parameters } })).rejects.toThrow('a logit changed by')
})

it.each(['blocks.1.conv1.weight', 'stem.bn.running_var'])('refuses a run that diverged: %s', async (name) => {
  const diverged = structuredClone(second)
  diverged[name]!.values[1] = NaN
  const analysis = analyse({ matched: false }, { ends: [first, diverged] })
  await expect(analysis).rejects.toThrow(`${name} of the second run is not finite`)
})
