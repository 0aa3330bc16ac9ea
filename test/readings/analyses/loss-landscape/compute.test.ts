import { expect, it, test } from 'vitest'
import { AnalysisPaused } from '../../../../src/engine/analyses/analysis.ts'
import { compute } from '../../../../src/readings/analyses/loss-landscape/compute.ts'
import type { Network } from '../../../../src/engine/networks/index.ts'
import { createNetwork } from '../../../../src/engine/networks/index.ts'
import { createState } from '../../../../src/engine/tf.ts'
import type { EvaluationBatches } from '../../../../src/engine/training/batch.ts'
import { createEvaluation, measureExits } from '../../../../src/engine/training/evaluate.ts'
import {
  lossLandscapeParameters,
  lossLandscapeResult,
} from '../../../../src/readings/analyses/loss-landscape/schema.ts'
import { modelOf, noTraining, runAnalysis } from '../../../support/analyses.ts'
import { randomParameters } from '../../../support/forward.ts'
import { madeUpBatches } from '../../../support/images.ts'
import { smallResnet, smallVit } from '../../../support/networks.ts'
import { tensorFlow } from '../../../support/tensorflow.ts'

const resnet = createNetwork(smallResnet())
const trained = randomParameters(resnet, 1)
/** Two full batches and a smaller one. */
const batches = madeUpBatches(resnet.spec, { count: 20, batchSize: 8, seed: 1 })

interface Setting {
  network?: Network
  arrays?: typeof trained
  some?: (split: 'train' | 'test', options: { count: number; seed: number }) => EvaluationBatches
  kept?: Map<string, Float64Array>
  partsUntilPause?: number
}

function survey(asked: Record<string, unknown>, setting: Setting = {}) {
  const { network = resnet, arrays = trained, some = () => batches, ...rest } = setting
  const parameters = lossLandscapeParameters.parse({ points: 3, ...asked })
  const images = { some, training: noTraining }
  return runAnalysis(compute, { parameters, models: [modelOf(network, arrays)], images, ...rest })
}

it.each([
  ['ResNet', resnet],
  ['ViT', createNetwork(smallVit())],
])('the centre has exactly the losses of the model: %s', async (_, network) => {
  const arrays = randomParameters(network, 1)
  const images = madeUpBatches(network.spec, { count: 20, batchSize: 8, seed: 1 })
  const { result } = await survey({ draws: 2, oneDimensional: 'element-wise' }, { network, arrays, some: () => images })
  const state = createState(arrays)
  const evaluation = createEvaluation(network, [0, 1, 2])
  const metrics = (await measureExits(evaluation, { state, batches: images }))!
  evaluation.dispose()
  state.dispose()
  const losses = metrics.map(({ loss }) => loss)
  for (const surface of result.surfaces) expect(surface.map((rows) => rows[1]![1])).toEqual(losses)
})

it('asks for the same images of the split whatever the seed of the directions', async () => {
  const asked: unknown[] = []
  const some: Setting['some'] = (...options) => {
    asked.push(options)
    return batches
  }
  await survey({ images: 50, seed: 1 }, { some })
  await survey({ images: 50, seed: 2, split: 'test' }, { some })
  expect(asked).toEqual([
    ['train', { count: 50, seed: 0 }],
    ['test', { count: 50, seed: 0 }],
  ])
})

it('moving the heads changes only the losses of their own exits', async () => {
  const heads = await survey({ parts: 'heads' })
  const still = structuredClone(trained)
  for (const name of Object.keys(still)) if (name.startsWith('heads.0')) still[name]!.values.fill(0)
  const others = await survey({ parts: 'heads' }, { arrays: still })
  expect(others.result.surfaces[0]![0]).not.toEqual(heads.result.surfaces[0]![0])
  expect(others.result.surfaces[0]!.slice(1)).toEqual(heads.result.surfaces[0]!.slice(1))
})

it('plans its parts, and previews more of the grid with each part until it is complete', async () => {
  const { result, previews, planned, kept } = await survey({ points: 7, draws: 2 })
  expect(kept.size).toBe(8)
  expect(planned).toEqual([8])
  const measured = previews.map(({ surfaces }) => surfaces.flat(3).filter((loss) => loss !== null).length / 3)
  expect(measured).toEqual([16, 32, 48, 49, 49 + 16, 49 + 32, 49 + 48, 2 * 49])
  const shown = previews[0]!.surfaces[0]![2]!.flatMap((row, index) => (row[0] === null ? [] : [index]))
  expect(shown).toEqual([0, 1, 3, 6])
  for (const preview of previews) {
    expect(lossLandscapeResult.parse(preview)).toEqual(preview)
    expect(preview.coefficients).toEqual(result.coefficients)
  }
  expect(previews.at(-1)).toEqual(result)
})

it('interrupted after any part it ends bit-identical, and leaves no tensors behind', async () => {
  const asked = { points: 5, draws: 2 }
  const whole = await survey(asked)
  const handles = tensorFlow.liveHandles()
  expect(whole.kept.size).toBe(4)
  for (let parts = 0; parts < whole.kept.size; parts++) {
    const kept = new Map<string, Float64Array>()
    await expect(survey(asked, { kept, partsUntilPause: parts })).rejects.toThrow(AnalysisPaused)
    expect(kept.size).toBe(parts)
    expect(tensorFlow.liveHandles(), `after ${parts} parts`).toBe(handles)
    const { result } = await survey(asked, { kept })
    expect(result).toEqual(whole.result)
    expect(kept).toEqual(whole.kept)
  }
  expect(tensorFlow.liveHandles()).toBe(handles)
})

it('parts that are stored are not computed again, and no image is read for them', async () => {
  const { kept, result } = await survey({})
  let looked = 0
  const counting = (): EvaluationBatches => ({ ...batches, batch: (index) => (looked++, batches.batch(index)) })
  await survey({}, { some: counting })
  const computing = looked
  looked = 0
  expect((await survey({}, { kept, some: counting })).result).toEqual(result)
  expect(computing - looked).toBe(batches.batchCount)
})

it('losses that are not finite are left out and reported', async () => {
  const arrays = structuredClone(trained)
  const name = 'classifier.weight'
  arrays[name]!.values.fill(3e38)
  const { result } = await survey({ reach: 10 }, { arrays })
  const missing = result.surfaces.flat(3).filter((loss) => loss === null).length
  expect(missing).toBeGreaterThan(0)
  expect(result.surfaces[0]!.slice(0, 2).flat(2)).not.toContain(null)
  expect(result.caveats.at(-1)).toBe(`${missing} losses are not finite and are omitted.`)
})

test.each(['blocks.1.conv1.weight', 'stem.bn.running_var'])('refuses a run that diverged: %s', async (name) => {
  const diverged = structuredClone(trained)
  diverged[name]!.values[1] = NaN
  await expect(survey({}, { arrays: diverged })).rejects.toThrow(`${name} of the run is not finite`)
})

it('states the limits of what the surfaces show', async () => {
  const [statistics, slice, comparison, ...more] = (await survey({})).result.caveats
  expect(statistics).toContain('Batch norm uses the statistics')
  expect(slice).toContain('Two random directions show one slice through a space of ')
  expect(comparison).toContain('seed')
  expect(more).toEqual([])
  const vit = createNetwork(smallVit())
  const ofVit = await survey(
    { draws: 3 },
    {
      network: vit,
      arrays: randomParameters(vit, 1),
      some: () => madeUpBatches(vit.spec, { count: 4, batchSize: 4, seed: 1 }),
    },
  )
  expect(ofVit.result.caveats[0]).toContain('3 pairs of random directions show 3 slices')
})

it('in bfloat16 reports how far its losses are from those in float32, at the centre and the corners', async () => {
  const network = createNetwork(smallResnet())
  const [exact, rounded] = [await survey({}, { network }), await survey({ precision: 'bfloat16' }, { network })]
  expect(exact.result.precisionError).toBeUndefined()
  const { precisionError, surfaces, caveats } = rounded.result
  const differences = (row: number, column: number) =>
    surfaces[0]!.map((losses, exit) => {
      const loss = exact.result.surfaces[0]![exit]![row]![column]!
      return { nats: Math.abs(losses[row]![column]! - loss), share: Math.abs(losses[row]![column]! - loss) / loss }
    })
  const corners = [differences(0, 0), differences(0, 2), differences(2, 0), differences(2, 2)].flat()
  expect(precisionError).toEqual({
    centre: Math.max(...differences(1, 1).map(({ nats }) => nats)),
    corners: Math.max(...corners.map(({ share }) => share)),
  })
  expect(precisionError!.centre).toBeGreaterThan(0)
  expect(precisionError!.centre).toBeLessThan(0.1)
  expect(caveats[0]).toContain('Computed in bfloat16')
})
