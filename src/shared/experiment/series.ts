import { canonicalJson } from '../basics/canonical-json.ts'
import { distinctBy } from '../basics/distinct.ts'
import type { Json } from '../basics/json.ts'
import { isPaperRegime, regimePlace } from '../methods/regime-names.ts'
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
interface ShownSeries {
  /** null: not known, of an imported series. */
  regime: string | null
  series: string
  /** Where it was imported. */
  imported?: unknown
}

/**
 * Place of each series in the palette, by name. The first series of a regime has the look of its regime: null for one of the paper's,
 * which have their own, else a place of the palette before those of all further series. In the order of regimes and names, whatever
 * order they come in, so that a series looks the same wherever the same ones are shown; own series look as they do without imported
 * ones beside them.
 */
export function seriesLooks(all: readonly ShownSeries[]): Map<string, number | null> {
  const ordered = all.toSorted(inLookOrder)
  const ofRegimes = new Set(
    distinctBy(
      ordered.filter(({ regime }) => regime !== null),
      ({ regime }) => regime,
    ),
  )
  const isFurther = (each: ShownSeries) => Number(!ofRegimes.has(each))
  const placed = ordered.toSorted((a, b) => isImported(a) - isImported(b) || isFurther(a) - isFurther(b))
  const looks = new Map<string, number | null>()
  let next = 0
  for (const each of distinctBy(placed, ({ series }) => series)) {
    const hasLook = ofRegimes.has(each) && isPaperRegime(each.regime!)
    looks.set(each.series, hasLook ? null : next++)
  }
  return new Map(ordered.map(({ series }) => [series, looks.get(series)!]))
}

/** Place of each regime in the palette, as the first of its series has it: null for one of the paper's. */
export function regimeLooks(of: readonly { regime: string | null }[]): Map<string | null, number | null> {
  const regimes = distinctBy(of, ({ regime }) => regime)
  const looks = seriesLooks(regimes.map(({ regime }) => ({ regime, series: regime ?? '' })))
  return new Map(regimes.map(({ regime }) => [regime, looks.get(regime ?? '')!]))
}

const collator = new Intl.Collator('en', { numeric: true })

const isImported = ({ imported }: ShownSeries) => Number(imported !== undefined)

function inLookOrder(a: ShownSeries, b: ShownSeries): number {
  const places = regimePlace(a.regime) - regimePlace(b.regime) || collator.compare(a.regime ?? '', b.regime ?? '')
  return isImported(a) - isImported(b) || places || collator.compare(a.series, b.series)
}
