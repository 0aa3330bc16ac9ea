import type { EChartsOption } from 'echarts'
import { dominanceTitle, measuredExits, type DominanceData } from './data.ts'
import { exitCurvesOption, exitCurvesSentence, type ExitCurvesData } from '../../../../figures/exit-curves.ts'
import type { FigureFrame } from '../../../../figures/plot.ts'

/** Gradient dominance as curves of exits. */
export function dominanceCurves(data: DominanceData): ExitCurvesData {
  const { phase, keptEpoch, exitCount, epochs } = data
  const kept = keptEpoch !== null && keptEpoch >= epochs[0]!.epoch && keptEpoch <= epochs.at(-1)!.epoch
  return {
    quantity: { title: dominanceTitle, unit: '', decimals: 2, lowest: -Infinity, range: [0, 1] },
    phase,
    exitCount,
    keptEpoch: kept ? keptEpoch : null,
    phases: [{ name: phase, after: 0 }],
    exits: measuredExits(data)
      .map(({ exit, label }) => ({
        exit,
        label,
        points: epochs.flatMap(({ epoch, exits }) => (exits[exit] === null ? [] : [{ epoch, value: exits[exit]! }])),
      }))
      .filter(({ points }) => points.length > 0),
  }
}

/** A line for each exit, named with its last value. A function of data and size alone. */
export function dominanceLinesOption(data: DominanceData, frame: FigureFrame): EChartsOption {
  return exitCurvesOption(dominanceCurves(data), frame)
}

/** Text description of the figure. */
export function dominanceLinesSentence(data: DominanceData): string {
  return exitCurvesSentence(dominanceCurves(data))
}
