import { z } from 'zod'
import { parsed } from '../analysis.ts'
import type { AnalysisTables } from '../analysis.ts'
import { representationTable } from '../block-table.ts'
import { rankSubject } from './figure.ts'
import { rankLines } from './figure/rank-lines.ts'
import { spectrumAt } from './figure/spectrum-lines.ts'
import type { NumericalRankParameters, NumericalRankResult } from './schema.ts'
import { spectrumTable } from './table/spectrum.ts'

const spectrumOptions = z.object({ block: z.int().nonnegative() })

export const tables: AnalysisTables<NumericalRankParameters, NumericalRankResult> = {
  representations(found) {
    const { regimes, surroundings, reading } = rankSubject(found)
    const lines = (measure: 'count' | 'share') => rankLines(regimes, { measure, ...surroundings })
    return representationTable(found.subjects, [
      { name: 'numerical rank', data: lines('count'), reading },
      { name: 'numerical rank (% of full)', data: lines('share'), reading },
    ])
  },

  /** Of one block. */
  spectrum(found, options) {
    const { block } = parsed(spectrumOptions, options)
    const subject = rankSubject(found)
    return spectrumTable(found.subjects, spectrumAt(subject, { block, parameters: found.parameters }), subject.reading)
  },
}
