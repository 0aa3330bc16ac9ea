import type { RegimeName } from '../shared/phase.ts'
import type { CostUnit } from './cost-axis.ts'

/** What a screen adds to the accuracy–cost figure. Without any of it the figure is the one that is exported. */
export interface CostCurveView {
  /** Names of series that are not drawn. */
  hidden?: readonly string[]
  /** Name of the one series that stands out while the others fade. */
  focused?: string | null
  /** Values of a published table, as dashes. */
  published?: readonly PublishedPoint[]
  /** What costs are counted in. Default multiply-adds. */
  unit?: CostUnit
}

export interface PublishedPoint {
  /** Name of the series that it is laid over. */
  series: string
  regime: RegimeName
  /** On the axis of the figure. */
  cost: number
  /** Test accuracy in %. */
  accuracy: number
}

/** Opacity of what stands back behind the focused series. */
export const fadedOpacity = 0.18
