import { exitCount } from '../../../shared/network/network.ts'
import { fileStem } from '../../../shared/text/file-name.ts'
import type { AnalysisFigures } from '../analysis.ts'
import { runLabels } from '../run-labels.ts'
import { dominanceBlocksOption, dominanceBlocksSentence } from './figure/blocks.ts'
import type { GradientDominanceParameters, GradientDominanceResult } from './schema.ts'
import { checkShapes } from './shapes.ts'
import { cosineScale, cosinesText, dominanceTitle, knownCosines } from './figure/data.ts'
import { exitLabel } from '../../../figures/exit-curves-data.ts'
import { figureOf } from '../../../figures/figure.ts'
import { heatMapOption } from '../../../figures/heat-map.ts'
import type { HeatMapData } from '../../../figures/heat-map-layout.ts'
import type { FigureFrame } from '../../../figures/plot.ts'

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
    const place = `best checkpoint, epoch ${keptEpoch}`
    const data = { place, exitCount: exitCount(network), dominance: result, spread: result.spread }
    const drawing = { option: dominanceBlocksOption, sentence: dominanceBlocksSentence }
    return figureOf(fileStem([name], 'dominance-blocks'), data, drawing)
  },

  'dominance-runs'(found) {
    const { answers, subjects } = found
    const labelOf = runLabels(answers.map(({ runs: [run] }) => run!))
    const runs = answers.map(({ runs: [run], result }) => ({ label: labelOf(run!), cosines: result.exits }))
    const data = { exitCount: checkShapes(found).exits, runs }
    const option = (of: DominanceRunsData, frame: FigureFrame) => heatMapOption(runsHeatMap(of), frame)
    return figureOf(fileStem(subjects, 'dominance-runs'), data, { option, sentence: dominanceRunsSentence })
  },
}

/** Gradient dominance at the best checkpoint of several runs, over the whole backbone. */
interface DominanceRunsData {
  /** Of all networks, the final classifier included. */
  exitCount: number
  runs: readonly {
    /** `joint, seed 1` */
    label: string
    /** By exit; null without a gradient. */
    cosines: readonly (number | null)[]
  }[]
}

/** Runs by exits. */
function runsHeatMap({ exitCount, runs }: DominanceRunsData): HeatMapData {
  const values = runs.map(({ cosines }) => cosines)
  return {
    title: `${dominanceTitle}, over the backbone (best checkpoint)`,
    rows: runs.map(({ label }) => label),
    columns: Array.from({ length: exitCount }, (_, exit) => ({ label: exitLabel(exit, exitCount) })),
    values,
    ...cosineScale(values.flat()),
  }
}

/** Text description of the figure. */
function dominanceRunsSentence({ runs }: DominanceRunsData): string {
  const each = runs.map(({ label, cosines }) => `${label}: ${cosinesText(knownCosines({ exits: cosines }))}`)
  return `Gradient dominance at the best checkpoint, over the whole backbone. ${each.join('; ')}.`
}
