import type { CostUnit } from '../shared/cost-axis.ts'

/** Additions of a screen to the figure of a metric against cost; the exported figure has none. */
export interface CostCurveView {
  /** Names of series that are not drawn. */
  hidden?: readonly string[]
  /** Name of the focused series; the others fade. */
  focused?: string | null
  /** Values of a published table, as dashes. */
  published?: readonly PublishedPoint[]
  /** Unit of costs. Default: multiply-adds. */
  unit?: CostUnit
}

export interface PublishedPoint {
  /** Name of the series that it is laid over. */
  series: string
  regime: string | null
  /** On the axis of the figure. */
  cost: number
  /** The task's primary metric in its unit. */
  value: number
}
