import type { z } from 'zod'
import { createRegistry } from '../shared/registry.ts'
import { best } from './best/index.ts'
import { budgets } from './budgets/index.ts'
import { calibration } from './calibration/index.ts'
import { curve } from './curve/index.ts'
import { differences } from './differences/index.ts'
import { exits } from './exits/index.ts'
import { failurePrediction } from './failure-prediction/index.ts'
import { moreSeeds } from './more-seeds/index.ts'
import { optimism } from './optimism/index.ts'
import type { Reading } from './reading.ts'
import { thresholds } from './thresholds/index.ts'

const builtIn = {
  best,
  budgets,
  calibration,
  curve,
  differences,
  exits,
  'failure-prediction': failurePrediction,
  'more-seeds': moreSeeds,
  optimism,
  thresholds,
}

/** Every reading by its name: `exitlab compare --table NAME`. Procedure, table, figure, exports and panel follow from its folder. */
export const readings = createRegistry<Reading>('reading', builtIn)

export type ReadingName = keyof typeof builtIn
export type QuestionOf<Name extends ReadingName> = z.input<(typeof builtIn)[Name]['question']>
export type AnswerOf<Name extends ReadingName> = z.output<(typeof builtIn)[Name]['answer']>
