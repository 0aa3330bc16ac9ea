import { z } from 'zod'
import { parsed } from '../analysis.ts'
import type { AnalysisTables } from '../analysis.ts'
import { foundPairs } from './pairs.ts'
import type { ModeConnectivityParameters, ModeConnectivityResult } from './schema.ts'
import { barrierTable } from './table/barriers.ts'
import { connectivityTable } from './table/paths.ts'

const barrierOptions = z.object({ metric: z.enum(['loss', 'accuracy']).default('loss') })
const pathOptions = barrierOptions.extend({ split: z.enum(['train', 'test']).default('test') })

export const tables: AnalysisTables<ModeConnectivityParameters, ModeConnectivityResult> = {
  barriers: (found, options) => barrierTable(found.subjects, foundPairs(found), parsed(barrierOptions, options).metric),
  /** Every place of every path. */
  connectivity: (found, options) => connectivityTable(found.subjects, foundPairs(found), parsed(pathOptions, options)),
}
