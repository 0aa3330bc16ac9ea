import { canonicalJson } from './canonical-json.ts'
import type { Json } from './json.ts'
import type { RegimeName } from './regime-names.ts'

/** The settings that a sweep gives a series, by their paths; none where nothing is swept. */
export type SweptSettings = Record<string, Json>

/** Runs that differ in nothing but their seed: a regime under one choice of the settings that are swept. */
export interface Series {
  regime: RegimeName
  settings: SweptSettings
}

/**
 * Names of series that are shown together: the regime, and the settings in which they differ. `mixed · head conv`; `mixed` alone
 * where they differ in nothing else.
 */
export function seriesNames(series: readonly Series[]): string[] {
  const paths = [...new Set(series.flatMap(({ settings }) => Object.keys(settings)))]
  const valueAt = ({ settings }: Series, path: string) =>
    path in settings ? canonicalJson(settings[path]) : 'not swept'
  const differing = paths.filter((path) => new Set(series.map((each) => valueAt(each, path))).size > 1)
  return series.map(({ regime, settings }) => {
    const named = differing.filter((path) => path in settings)
    const words = named.map((path) => `${shortestName(path, differing)} ${wordOf(settings[path]!)}`)
    return words.length === 0 ? regime : `${regime} · ${words.join(', ')}`
  })
}

/** The last key of a path; the whole path where another one ends alike. */
function shortestName(path: string, paths: readonly string[]): string {
  const last = (of: string) => of.slice(of.lastIndexOf('.') + 1)
  return paths.some((other) => other !== path && last(other) === last(path)) ? path : last(path)
}

function wordOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A series under its name. */
export interface ShownSeries {
  regime: RegimeName
  series: string
}

/** Places of series in the palette, by name, in the order in which they come: null for the first of each regime. */
export function seriesLooks(all: readonly ShownSeries[]): Map<string, number | null> {
  const looks = new Map<string, number | null>()
  const known = new Set<RegimeName>()
  let next = 0
  for (const { regime, series } of all) {
    if (looks.has(series)) continue
    looks.set(series, known.has(regime) ? next++ : null)
    known.add(regime)
  }
  return looks
}
