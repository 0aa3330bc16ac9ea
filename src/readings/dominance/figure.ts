import type { z } from 'zod'
import { dominanceBlocksOption, dominanceBlocksSentence } from '../analyses/gradient-dominance/figure/blocks.ts'
import { dominancePhase, type DominanceData } from '../analyses/gradient-dominance/figure/data.ts'
import { dominanceLinesOption, dominanceLinesSentence } from '../analyses/gradient-dominance/figure/lines.ts'
import { dominanceMapOption, dominanceMapSentence } from '../analyses/gradient-dominance/figure/map.ts'
import { figureOf, type Figure } from '../../figures/figure.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { measuredPhases } from './measured-phases.ts'
import type { RunDominance } from '../given.ts'
import type { dominanceQuestion } from './schema.ts'

/** Of one phase, over its epochs or at one of them. */
export function figure(answer: RunDominance, asked: z.output<typeof dominanceQuestion>): Figure {
  const { run, exitCount, phases } = answer
  const shown = measuredPhases(answer, asked.phase).at(-1)!
  const { keptEpoch, epochs } = shown
  const data = { phase: dominancePhase(phases, phases.indexOf(shown)), keptEpoch, exitCount, epochs }
  const name = fileStem([run], `dominance-${asked.figure}`)
  switch (asked.figure) {
    case 'map':
      return figureOf(name, data, { option: dominanceMapOption, sentence: dominanceMapSentence })
    case 'lines':
      return figureOf(name, data, { option: dominanceLinesOption, sentence: dominanceLinesSentence })
    case 'blocks': {
      const drawing = { option: dominanceBlocksOption, sentence: dominanceBlocksSentence }
      return figureOf(name, atEpoch(data, { run, epoch: asked.epoch }), drawing)
    }
  }
}

/** At an epoch; default: the kept one, else the last. */
function atEpoch(
  { epochs, keptEpoch, exitCount }: DominanceData,
  { run, epoch: asked }: { run: string; epoch: number | undefined },
) {
  const kept = epochs.find(({ epoch }) => epoch === keptEpoch) ?? epochs.at(-1)!
  const dominance = asked === undefined ? kept : epochs.find(({ epoch }) => epoch === asked)
  if (dominance) return { place: `epoch ${dominance.epoch}`, exitCount, dominance }
  throw new ExitlabError('not-found', `Gradient dominance of ${run} was not measured in epoch ${asked}.`)
}
