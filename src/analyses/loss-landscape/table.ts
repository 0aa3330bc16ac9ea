import { z } from 'zod'
import { parsed } from '../analysis.ts'
import type { AnalysisTables } from '../analysis.ts'
import { chosenDraw, landscapes } from './landscapes.ts'
import type { LossLandscapeParameters, LossLandscapeResult } from './schema.ts'
import { landscapePointTable, landscapeSummaryTable } from './table/landscape.ts'

const options = z.object({ draw: chosenDraw })

export const tables: AnalysisTables<LossLandscapeParameters, LossLandscapeResult> = {
  /** Every point as data, a few numbers for each surface in print. */
  landscape(found, given, form) {
    const { draw } = parsed(options, given)
    const data = { ...landscapes(found, draw), subjects: found.subjects, draw }
    return form === 'print' ? landscapeSummaryTable(data) : landscapePointTable(data)
  },
}
