import { exitCount } from '../../shared/network.ts'
import { fileStem } from '../../shared/file-name.ts'
import type { AnalysisFigures } from '../analysis.ts'
import { dominanceBlocksOption, dominanceBlocksSentence } from './figure/blocks.ts'
import { dominanceRunsOption, dominanceRunsSentence } from './figure/runs.ts'
import type { GradientDominanceParameters, GradientDominanceResult } from './schema.ts'
import { checkShapes } from './shapes.ts'

export const figures: AnalysisFigures<GradientDominanceParameters, GradientDominanceResult> = {
  /** One run by its blocks, several by their exits. */
  dominance(found, options) {
    return found.answers.length === 1
      ? figures['dominance-blocks']!(found, options)
      : figures['dominance-runs']!(found, options)
  },

  'dominance-blocks'({ answers }) {
    const { runs, result } = answers[0]!
    const { name, network, keptEpoch } = runs[0]!
    const place = `kept weights, epoch ${keptEpoch}`
    const data = { place, exitCount: exitCount(network), dominance: result, spread: result.spread }
    return {
      name: fileStem([name], 'dominance-blocks'),
      option: (frame) => dominanceBlocksOption(data, frame),
      sentence: dominanceBlocksSentence(data),
    }
  },

  'dominance-runs'(found) {
    const { answers, subjects } = found
    const labels = answers.map(({ runs: [run] }) => `${run!.series}, seed ${run!.seed}`)
    // Of several experiments, series and seed do not tell them apart.
    const isClear = new Set(labels).size === labels.length
    const runs = answers.map(({ runs: [run], result }, index) => ({
      label: isClear ? labels[index]! : run!.name,
      cosines: result.exits,
    }))
    const data = { exitCount: checkShapes(found).exits, runs }
    return {
      name: fileStem(subjects, 'dominance-runs'),
      option: (frame) => dominanceRunsOption(data, frame),
      sentence: dominanceRunsSentence(data),
    }
  },
}
