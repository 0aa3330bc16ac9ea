import { z } from 'zod'
import { blockLinesOption, blockLinesSentence } from '../../../figures/block-lines.ts'
import { figureOf } from '../../../figures/figure.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { fileStem } from '../../../shared/text/file-name.ts'
import { grouped } from '../../../shared/format/numbers.ts'
import type { NetworkOutline } from '../../../shared/network/network.ts'
import { parsed, type AnalysisFigures, type Found } from '../analysis.ts'
import { blockSubject } from '../series-results.ts'
import { informationLines, informationTargets } from './figure/information-lines.ts'
import type { MutualInformationParameters, MutualInformationResult } from './schema.ts'

const informationOptions = z.object({ target: z.enum(informationTargets).default('input') })

export const figures: AnalysisFigures<MutualInformationParameters, MutualInformationResult> = {
  information(found, options) {
    const { target } = parsed(informationOptions, options)
    if (target === 'label' && !found.parameters.label) throw withoutLabel()
    const { regimes, surroundings } = informationSubject(found)
    const data = informationLines(regimes, { target, ...surroundings })
    const name = fileStem(found.subjects, `information-${target}`)
    return figureOf(name, data, { option: blockLinesOption, sentence: blockLinesSentence })
  },
}

export function informationSubject(found: Found<MutualInformationParameters, MutualInformationResult>) {
  // There may be fewer than were asked for.
  const references = Math.round(Math.exp(found.answers[0]!.result.inputCeiling))
  return blockSubject(found, (outline) => informationReading(outline, { ...found.parameters, references }))
}

/** How information was estimated, as parts of a sentence. */
export function informationReading(
  { reads, token }: Pick<NetworkOutline, 'reads' | 'token'>,
  { sigma, samples, references, poolTo, split }: MutualInformationParameters,
): string[] {
  const name = split === 'train' ? 'training' : 'test'
  return [
    `noise σ = ${sigma} in standardised units`,
    `${grouped(String(samples))} noisy samples against ${grouped(String(references))} ${name} samples`,
    reads === 'tokens' ? token : `feature maps pooled to at most ${poolTo} × ${poolTo}`,
  ]
}

function withoutLabel(): ExitlabError {
  return new ExitlabError(
    'conflict',
    'These estimates do not include the information about the class: compute them with `label` set to true.',
  )
}
