import { expect } from 'vitest'
import type { AnalysedImages, AnalysedModel, Compute } from '../../src/engine/analyses/analysis.ts'
import { AnalysisPaused } from '../../src/engine/analyses/analysis.ts'
import { toDiskLayout } from '../../src/engine/layers/layout.ts'
import type { EngineArray, Network } from '../../src/engine/networks/index.ts'
import { phasesOf } from '../../src/engine/regimes/index.ts'

/** A run that ended with these arrays, in the engine's layout. */
export function modelOf(network: Network, arrays: Record<string, EngineArray>): AnalysedModel {
  const weights = network.parameters.map((parameter) => [
    parameter.name,
    toDiskLayout(parameter, arrays[parameter.name]!.values),
  ])
  return { network, weights: Object.fromEntries(weights), phase: phasesOf('joint', network)[0]!, epochs: 1 }
}

export const noTraining: AnalysedImages['training'] = {
  batchesPerEpoch: 0,
  batch: () => expect.unreachable('no training batches are needed'),
}

interface Question<Parameters> {
  parameters: Parameters
  models: AnalysedModel[]
  images: AnalysedImages
  /** Values of parts by key: filled while the analysis runs. */
  kept?: Map<string, Float64Array>
  /** How many parts it may compute before it is paused. */
  partsUntilPause?: number
}

/** Runs an analysis and says what it told on the way. */
export async function runAnalysis<Parameters, Result>(
  compute: Compute<Parameters, Result>,
  { parameters, models, images, kept = new Map(), partsUntilPause = Infinity }: Question<Parameters>,
) {
  const previews: Result[] = []
  const planned: number[] = []
  let computed = 0
  let latest: () => unknown = () => null
  const result = await compute({
    parameters,
    models,
    images,
    plan: (count) => planned.push(count),
    async part(key, compute) {
      // Trainers draw the latest picture now and then, whatever is being computed meanwhile.
      latest()
      if (!kept.has(key)) {
        if (computed++ >= partsUntilPause) throw new AnalysisPaused()
        kept.set(key, Float64Array.from(await compute()))
      }
      return kept.get(key)!
    },
    preview(preview) {
      latest = preview
      previews.push(structuredClone(preview()))
    },
  })
  return { result, previews, planned, kept }
}
