import { computed, type WritableComputedRef } from 'vue'
import { landscapeArrangements, type LandscapeArrangement, type ChosenDraw } from '../figure/arrangement.ts'
import { useAddress } from '../../../renderer/composables/use-address.ts'

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
  const address = useAddress()

  /** A choice under a key: `read` returns null for invalid texts; defaults are not written. */
  function choice<T>(
    key: string,
    defaultValue: T,
    { read, write }: { read: (text: string) => T | null; write: (value: T) => string },
  ) {
    return computed({
      get: () => {
        const text = address.text(key)
        return (text === null ? null : read(text)) ?? defaultValue
      },
      set: (value: T) => address.change({ [key]: write(value) === write(defaultValue) ? null : write(value) }),
    })
  }
  const number = { read: numberOf, write: (value: number) => String(Number(value.toFixed(4))) }

  return {
    view: choice('view', 'surface', { read: oneOf(['surface', 'contour'] as const), write: String }),
    arrangement: choice('by', 'regimes', { read: oneOf(landscapeArrangements), write: String }),
    panel: choice<PanelChoice | null>('at', null, { read: panelOf, write: panelText }),
    draw: choice<ChosenDraw>('draw', 'mean', {
      read: drawOf,
      write: (draw) => String(draw === 'mean' ? draw : draw + 1),
    }),
    log: choice('log', false, { read: (text) => text === 'yes', write: (log) => (log ? 'yes' : 'no') }),
    limit: choice<ChosenLimit>('limit', 'default', {
      read: (text) => (text === 'none' ? text : positive(numberOf(text))),
      write: String,
    }),
    delta: choice('delta', 0, number),
    eta: choice('eta', 0, number),
  }
}

function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Word | null {
  return (text) => words.find((word) => word === text) ?? null
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
