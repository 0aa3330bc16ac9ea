import type { Component } from 'vue'
import ReportBoard from './ReportBoard.vue'
import SamplesBoard from './SamplesBoard.vue'
import SweepBoard from './SweepBoard.vue'
import TrainingCurvesBoard from './TrainingCurvesBoard.vue'
import TradeOffBoard from './TradeOffBoard.vue'

/** One way to look at the compared runs. */
interface CompareTab {
  /** In the address: `?tab=ID`. */
  id: string
  title: string
  /** Takes `CompareBoardProps`; begins with a `BoardBar` of its settings and exports. */
  board: Component
  /** Whether it is of series that differ in swept settings. */
  ofSweeps?: true
}

/** In the order in which they are shown; the first is open where the address names none. */
export const compareTabs: readonly [CompareTab, ...CompareTab[]] = [
  { id: 'trade-off', title: 'Trade-off', board: TradeOffBoard },
  { id: 'sweep', title: 'Sweep', board: SweepBoard, ofSweeps: true },
  { id: 'training-curves', title: 'Training curves', board: TrainingCurvesBoard },
  { id: 'samples', title: 'Samples', board: SamplesBoard },
  { id: 'report', title: 'Report', board: ReportBoard },
]
