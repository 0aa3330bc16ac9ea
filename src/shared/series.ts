import { canonicalJson } from './canonical-json.ts'
import type { Json } from './json.ts'
import { paperRegimes, regimePlace } from './regime-names.ts'
import type { Factor } from './series-factor.ts'

/** Values of the swept settings of a series, by path; empty without a sweep. */
export type SweptSettings = Record<string, Json>

/** Runs that differ only in their seed: a regime with one combination of the swept values. */
export interface Series {
  regime: string
  settings: SweptSettings
}

/**
 * Names of series that are shown together: the regime, and the settings in which they differ. `mixed · head conv`; `mixed` alone
 * where they differ in nothing else. Settings are in the order of their paths, parameters behind the methods that
 * have them, whatever order they are written or stored in.
 */
export function seriesNames(series: readonly Series[]): string[] {
  const paths = [...new Set(series.flatMap(({ settings }) => Object.keys(settings)))].toSorted(byPath)
  const valueAt = ({ settings }: Series, path: string) =>
    path in settings ? canonicalJson(settings[path]) : 'not swept'
  const differing = paths.filter((path) => new Set(series.map((each) => valueAt(each, path))).size > 1)
  return series.map(({ regime, settings }) => {
    const named = differing.filter((path) => path in settings)
    const words = named.map((path) => `${shortestName(path, differing)} ${wordOf(settings[path]!)}`)
    return words.length === 0 ? regime : `${regime} · ${words.join(', ')}`
  })
}

function byPath(a: string, b: string): number {
  const keys = (path: string) => path.split('.').length
  return keys(a) - keys(b) || (a < b ? -1 : 1)
}

/** Everything in which series differ, the regime first; numbers ascend, words are in the order in which they come. */
export function factorsOf(series: readonly Series[]): Factor[] {
  const paths = [...new Set(series.flatMap(({ settings }) => Object.keys(settings)))]
  const levelsAt = (path: string) => [...new Set(series.map((each) => levelOf(each, path)))]
  const differing = ['regime', ...paths].filter((path) => levelsAt(path).length > 1)
  return differing.map((path) => {
    const levels = levelsAt(path)
    if (path === 'regime')
      return { path, name: path, levels: levels.toSorted((a, b) => regimePlace(a) - regimePlace(b)) }
    const name = shortestName(path, differing)
    return {
      path,
      name,
      levels: levels.every((level) => Number.isFinite(Number(level)))
        ? levels.toSorted((a, b) => Number(a) - Number(b))
        : levels,
    }
  })
}

/** The value of a factor that a series has, in words. */
export function levelOf({ regime, settings }: Series, path: string): string {
  if (path === 'regime') return regime
  return path in settings ? wordOf(settings[path]!) : 'not swept'
}

/** The last key of a path in words (`learning rate`); the whole path if another path has the same last key. */
export function shortestName(path: string, paths: readonly string[]): string {
  const last = (of: string) => of.slice(of.lastIndexOf('.') + 1)
  const isShared = paths.some((other) => other !== path && last(other) === last(path))
  return isShared ? path : last(path).replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** A value of a setting, as names of series have it. */
export function wordOf(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(wordOf).join(', ')}]`
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A series with its name. */
export interface ShownSeries {
  /** null: not known, of an imported series. */
  regime: string | null
  series: string
  /** Where it was imported. */
  imported?: unknown
}

/**
 * Place of each series in the palette, by name: null for the first series of each regime that has a look of its own. In the order of
 * regimes and names, whatever order they come in, so that a series looks the same wherever the same ones are shown; own series look
 * as they do without imported ones beside them.
 */
export function seriesLooks(all: readonly ShownSeries[]): Map<string, number | null> {
  const looks = new Map<string, number | null>()
  const looksLeft = new Set<string | null>(paperRegimes)
  let next = 0
  for (const { regime, series } of all.toSorted(inLookOrder)) {
    if (looks.has(series)) continue
    looks.set(series, looksLeft.delete(regime) ? null : next++)
  }
  return looks
}

const collator = new Intl.Collator('en', { numeric: true })

function inLookOrder(a: ShownSeries, b: ShownSeries): number {
  const imported = Number(a.imported !== undefined) - Number(b.imported !== undefined)
  return imported || regimePlace(a.regime) - regimePlace(b.regime) || collator.compare(a.series, b.series)
}
