import { exitCount } from '../../shared/network.ts'
import type { AnalysisTables } from '../analysis.ts'
import type { GradientDominanceParameters, GradientDominanceResult } from './schema.ts'
import { checkShapes } from './shapes.ts'
import { dominanceTable } from './table/of-run.ts'
import { dominanceRunsTable } from './table/of-runs.ts'

export const tables: AnalysisTables<GradientDominanceParameters, GradientDominanceResult> = {
  dominance(found, options, form) {
    if (found.answers.length > 1) return tables['dominance-runs']!(found, options, form)
    const { runs, result } = found.answers[0]!
    const { name, network, phase, keptEpoch } = runs[0]!
    const rows = [{ ...result, epoch: keptEpoch! }]
    return dominanceTable({ run: name, exitCount: exitCount(network), phases: [{ name: phase, rows }] })
  },

  'dominance-runs'(found) {
    const runs = found.answers.map(({ runs: [run], result }) => ({
      ...{ run: run!.name, regime: run!.regime, series: run!.series, seed: run!.seed },
      ...{ batches: result.batches, dominance: result },
    }))
    return dominanceRunsTable({ subjects: found.subjects, exitCount: checkShapes(found).exits, runs })
  },
}
