import type { AnalysedRun } from '../../src/shared/evaluation/analysis.ts'
import type { ConnectivityPath, ModeConnectivityResult } from '../../src/readings/analyses/mode-connectivity/schema.ts'
import type { MeasuredPath } from '../../src/readings/analyses/mode-connectivity/pairs.ts'
import type { PaperRegime } from '../../src/shared/phases/phase.ts'

export function run(regime: PaperRegime, seed = 1): AnalysedRun {
  return { id: `${regime}-${seed}`, name: `study ${regime} ${seed}`, regime, series: regime, seed }
}

/** Losses of two exits that rise from 0.5 by `height` · 4λ(1 − λ), the second by twice as much; accuracy falls with them. */
function path(lambdas: readonly number[], height: number): ConnectivityPath {
  const bump = (lambda: number) => 4 * lambda * (1 - lambda) * height
  const losses = lambdas.map((lambda) => [0.5 + bump(lambda), 0.5 + 2 * bump(lambda)])
  const accuracies = losses.map((exits) => exits.map((loss) => 1 - loss / 10))
  const split = { losses, accuracies, barriers: [height, 2 * height], meanBarrier: 1.5 * height }
  return { train: split, test: split }
}

/** Paths of five places whose highest is in the middle; `matched: null` where it was not asked for. */
export function measured(
  runs: readonly [AnalysedRun, AnalysedRun],
  { naive, matched, lambdas = [0, 0.25, 0.5, 0.75, 1] }: { naive: number; matched: number | null; lambdas?: number[] },
): MeasuredPath {
  const equivalence = { largestDifference: 3e-6, images: 1000 }
  const result: ModeConnectivityResult = {
    lambdas,
    naive: path(lambdas, naive),
    matched: matched === null ? null : path(lambdas, matched),
    matching:
      matched === null ? null : { sweeps: 9, groups: 12, distanceBefore: 84.3, distanceAfter: 61.8, equivalence },
    caveats: ['Weight matching finds a local optimum.'],
  }
  return { runs, result }
}
