import type { MutualInformationResult } from '../../../src/readings/analyses/mutual-information/schema.ts'
import type { NumericalRankResult } from '../../../src/readings/analyses/numerical-rank/schema.ts'
import type { RunResult } from '../../../src/readings/analyses/series-results.ts'
import type { PaperRegime } from '../../../src/shared/phases/phase.ts'

type Ranked = NumericalRankResult['blocks'][number]

/** A result whose blocks have these ranks, the first of 64, the others of 32. */
export function rankResult(ranks: readonly number[], spectrum: Ranked['spectrum'] = []): NumericalRankResult {
  return {
    blocks: ranks.map((rank, block) => ({
      block,
      rank,
      spectrum,
      full: block === 0 ? 64 : 32,
      featureCount: 128,
      usedFeatures: 64,
    })),
    samples: 200,
    caveats: [],
  }
}

/** A result whose blocks tell so many nats about the image and its class. */
export function informationResult(
  inputs: readonly number[],
  labels: readonly (number | null)[],
): MutualInformationResult {
  return {
    blocks: inputs.map((input, block) => {
      const label = labels[block] ?? null
      return { block, input, label, inputError: 0.01, labelError: label === null ? null : 0.01, dimensions: 16 }
    }),
    inputCeiling: Math.log(2000),
    labelCeiling: labels.some((label) => label !== null) ? Math.log(10) : null,
    caveats: [],
  }
}

export function ofRun<Result>(regime: PaperRegime, seed: number, result: Result, whole = true): RunResult<Result> {
  return { regime, series: regime, seed, result, whole }
}
