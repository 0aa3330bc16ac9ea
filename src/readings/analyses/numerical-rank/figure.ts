import { z } from 'zod'
import { blockLinesOption, blockLinesSentence } from '../../../figures/block-lines.ts'
import { figureOf } from '../../../figures/figure.ts'
import { fileStem } from '../../../shared/text/file-name.ts'
import { parsed, type AnalysisFigures, type Found } from '../analysis.ts'
import { blockSubject } from '../series-results.ts'
import { rankLines, rankMeasures } from './figure/rank-lines.ts'
import { spectrumAt } from './figure/spectrum-lines.ts'
import { spectrumOption, spectrumSentence } from './figure/spectrum.ts'
import { rankReading } from './rank-reading.ts'
import type { NumericalRankParameters, NumericalRankResult } from './schema.ts'

const rankOptions = z.object({ measure: z.enum(rankMeasures).default('count') })
const spectrumOptions = z.object({ block: z.int().nonnegative() })

export const figures: AnalysisFigures<NumericalRankParameters, NumericalRankResult> = {
  rank(found, options) {
    const { regimes, surroundings } = rankSubject(found)
    const data = rankLines(regimes, { ...parsed(rankOptions, options), ...surroundings })
    const name = fileStem(found.subjects, 'rank')
    return figureOf(name, data, { option: blockLinesOption, sentence: blockLinesSentence })
  },

  /** Of one block. */
  spectrum(found, options) {
    const { block } = parsed(spectrumOptions, options)
    const data = spectrumAt(rankSubject(found), { block, parameters: found.parameters })
    const name = fileStem(found.subjects, `spectrum-block-${block}`)
    return figureOf(name, data, { option: spectrumOption, sentence: spectrumSentence })
  },
}

export function rankSubject(found: Found<NumericalRankParameters, NumericalRankResult>) {
  const { samples } = found.answers[0]!.result
  return blockSubject(found, (outline) => rankReading(outline, found.parameters, samples))
}
