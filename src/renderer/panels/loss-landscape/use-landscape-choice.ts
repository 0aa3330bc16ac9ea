import type { WritableComputedRef } from 'vue'
import {
  landscapeArrangements,
  type LandscapeArrangement,
  type ChosenDraw,
} from '../../../readings/analyses/loss-landscape/figure/arrangement.ts'
import { useAddress } from '../../composables/use-address.ts'

/** The selected panel. */
export interface PanelChoice {
  /** Its name. */
  series: string
  seed: number
  exit: number
}

type ChosenLimit = number | 'none' | 'default'

/** Options of landscapes in the address. */
export interface LandscapeChoice {
  view: WritableComputedRef<'surface' | 'contour'>
  arrangement: WritableComputedRef<LandscapeArrangement>
  /** Null: the default. */
  panel: WritableComputedRef<PanelChoice | null>
  draw: WritableComputedRef<ChosenDraw>
  log: WritableComputedRef<boolean>
  /** Nats, or none; `default` where nothing is chosen. */
  limit: WritableComputedRef<ChosenLimit>
  /** Coefficients at which slices cut. */
  delta: WritableComputedRef<number>
  eta: WritableComputedRef<number>
}

export function useLandscapeChoice(): LandscapeChoice {
  const { choice, oneOf } = useAddress()
  const number = (key: string) => choice(key, 0, numberOf, (value) => String(Number(value.toFixed(4))))
  return {
    view: oneOf('view', ['surface', 'contour']),
    arrangement: oneOf('by', landscapeArrangements),
    panel: choice<PanelChoice | null>('at', null, panelOf, panelText),
    draw: choice<ChosenDraw>('draw', 'mean', drawOf, (draw) => String(draw === 'mean' ? draw : draw + 1)),
    log: choice(
      'log',
      false,
      (text) => text === 'yes',
      (log) => (log ? 'yes' : 'no'),
    ),
    limit: choice<ChosenLimit>('limit', 'default', (text) => (text === 'none' ? text : positive(numberOf(text)))),
    delta: number('delta'),
    eta: number('eta'),
  }
}

function numberOf(text: string): number | null {
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}

function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null
}

function drawOf(text: string): ChosenDraw | null {
  return /^[1-9]\d?$/.test(text) ? Number(text) - 1 : text === 'mean' ? text : null
}

/** `mixed.1.2`: series, seed, exit. */
function panelOf(text: string): PanelChoice | null {
  const [, series, seed, exit] = /^(.+)\.(\d+)\.(\d+)$/.exec(text) ?? []
  return series === undefined ? null : { series, seed: Number(seed), exit: Number(exit) }
}

function panelText(panel: PanelChoice | null): string {
  return panel === null ? '' : [panel.series, panel.seed, panel.exit].join('.')
}
