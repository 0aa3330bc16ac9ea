import type { CostUnit } from '../../../shared/evaluation/cost-kind.ts'

/** What of the answer is drawn, and how. */
export interface CostCurveView {
  /** Names of series that are not drawn. */
  hidden?: readonly string[]
  /** Names of the focused series; where there are some, the others fade. On a screen alone. */
  focused?: readonly string[]
  /** Path of the setting that parts series into plots, or `none`; null or unset: one that is chosen where there are many series. */
  facets?: string | null
  /** Unit of costs. Default: multiply-adds. */
  unit?: CostUnit
}
