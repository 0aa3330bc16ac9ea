import type { z } from 'zod'
import { createRegistry } from '../shared/methods/registry.ts'
import { best } from './best/index.ts'
import { budgets } from './budgets/index.ts'
import { calibration } from './calibration/index.ts'
import { confusion } from './confusion/index.ts'
import { curve } from './curve/index.ts'
import { differences } from './differences/index.ts'
import { dominance } from './dominance/index.ts'
import { epochs } from './epochs/index.ts'
import { exits } from './exits/index.ts'
import { failurePrediction } from './failure-prediction/index.ts'
import { largestErrors } from './largest-errors/index.ts'
import { latency } from './latency/index.ts'
import { ledger } from './ledger/index.ts'
import { moreSeeds } from './more-seeds/index.ts'
import { optimism } from './optimism/index.ts'
import { parallelCoordinates } from './parallel-coordinates/index.ts'
import { predictedValues } from './predicted-values/index.ts'
import type { Reading } from './reading.ts'
import { runs } from './runs/index.ts'
import { samplePath } from './sample-path/index.ts'
import { samples } from './samples/index.ts'
import { settingsHeatmap } from './settings-heatmap/index.ts'
import { settings } from './settings/index.ts'
import { staticNetworks } from './static-networks/index.ts'
import { thresholds } from './thresholds/index.ts'
import { trainingCost } from './training-cost/index.ts'
import { trainingCurves } from './training-curves/index.ts'
import { varianceShares } from './variance-shares/index.ts'
import { whatIf } from './what-if/index.ts'

const builtIn = {
  best,
  budgets,
  calibration,
  confusion,
  curve,
  differences,
  dominance,
  epochs,
  exits,
  'failure-prediction': failurePrediction,
  'largest-errors': largestErrors,
  latency,
  ledger,
  'more-seeds': moreSeeds,
  optimism,
  'parallel-coordinates': parallelCoordinates,
  'predicted-values': predictedValues,
  runs,
  'sample-path': samplePath,
  samples,
  settings,
  'settings-heatmap': settingsHeatmap,
  'static-networks': staticNetworks,
  thresholds,
  'training-cost': trainingCost,
  'training-curves': trainingCurves,
  'variance-shares': varianceShares,
  'what-if': whatIf,
}

/** Every reading by its name: `exitlab compare --table NAME`. Procedure, table, figure, exports and panel follow from its folder. */
export const readings = createRegistry<Reading>('reading', builtIn)

export type ReadingName = keyof typeof builtIn
export type QuestionOf<Name extends ReadingName> = z.input<(typeof builtIn)[Name]['question']>
export type AnswerOf<Name extends ReadingName> = z.output<(typeof builtIn)[Name]['answer']>
