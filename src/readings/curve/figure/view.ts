import type { CostUnit } from '../../../shared/cost-axis.ts'

/** What of the answer is drawn, and how. */
export interface CostCurveView {
  /** Names of series that are not drawn. */
  hidden?: readonly string[]
  /** Name of the focused series; the others fade. On a screen alone. */
  focused?: string | null
  /** Unit of costs. Default: multiply-adds. */
  unit?: CostUnit
}
