import { canonicalJson } from '../basics/canonical-json.ts'
import { distinctBy } from '../basics/distinct.ts'
import type { Problem } from '../basics/error.ts'
import { count } from '../format/numbers.ts'
import { isJsonObject, type Json, type JsonObject } from '../basics/json.ts'
import { nearestWord } from '../text/nearest-word.ts'
import type { SweptSettings } from './series.ts'
import { settingOwners, settingPaths, type SettingPath } from './setting-paths.ts'

/** Values of settings, by their paths. */
export type Sweep = Record<string, Json[]>

/** More series than anyone compares; a value too many in two lists makes hundreds of them. */
const mostSeries = 100

/** Settings that cannot be swept: not of a network or its training, or deciding which other settings exist. */
const fixed = ['data.source', 'data.path', 'initial.weights', 'network.family', 'network.file', 'probes.gradientDominance'] // prettier-ignore

export const sweepablePaths: readonly string[] = Object.keys(settingPaths).filter((path) => !fixed.includes(path))

/**
 * Every choice of one value each, the last path fastest; one choice of none where nothing is swept. A setting that only some
 * values of another swept one have is part of the choices with those values.
 */
export function sweptSettings(sweep: Sweep = {}): SweptSettings[] {
  const all = Object.entries(sweep).reduce<SweptSettings[]>(
    (chosen, [path, values]) => chosen.flatMap((each) => values.map((value) => ({ ...each, [path]: value }))),
    [{}],
  )
  return distinctBy(all.map(ownSettings), canonicalJson)
}

function ownSettings(settings: SweptSettings): SweptSettings {
  const isOwn = (path: string) => {
    const { setting, values } = ownerOf(path) ?? {}
    return setting === undefined || !(setting in settings) || values!.includes(settings[setting] as string)
  }
  return Object.fromEntries(Object.entries(settings).filter(([path]) => isOwn(path)))
}

/** The setting that decides whether there is one with this path; undefined where there always is. */
const ownerOf = (path: string) => settingOwners[path as SettingPath]

/** An experiment file with settings in place of its own; the sections around them are made where it has none. */
export function withSettings<File extends JsonObject>(file: File, settings: SweptSettings): File {
  return Object.entries(settings).reduce(
    (changed, [path, value]) => setAt(changed, path.split('.'), value) as File,
    file,
  )
}

function setAt(section: JsonObject, [key, ...rest]: readonly string[], value: Json): JsonObject {
  if (rest.length === 0) return { ...section, [key!]: value }
  const inner = section[key!]
  return { ...section, [key!]: setAt(isJsonObject(inner) ? inner : {}, rest, value) }
}

/** The settings of a sweep, of whatever type, that have lists of values. */
export const sweptLists = (sweep: unknown): Sweep =>
  isJsonObject(sweep)
    ? (Object.fromEntries(Object.entries(sweep).filter(([, values]) => Array.isArray(values))) as Sweep)
    : {}

/** Problems of the sweep of an experiment. `problemsOf`: problems of a file without a sweep. */
export function sweepProblems(
  file: JsonObject,
  sweep: unknown,
  problemsOf: (file: JsonObject) => Problem[],
): Problem[] {
  if (!isJsonObject(sweep)) return []
  const lists = Object.entries(sweptLists(sweep))
  const unknown = lists.filter(([path]) => !sweepablePaths.includes(path))
  if (unknown.length > 0) return unknown.map(([path]) => ({ path: ['sweep', path], message: unknownPath(path) }))
  const problems = lists.flatMap(([path, values]) => {
    const company = companyOf(path, sweep)
    if (company === null) return [{ path: ['sweep', path], message: withoutOwner(path) }]
    const wrong = values.flatMap((value, index) =>
      valueProblem(problemsOf(withSettings(file, { ...company, [path]: value })), path, index),
    )
    // Only values that are right can be compared: JSON has no text for NaN or 1e400.
    return wrong.length > 0 ? wrong : repetitions(path, values)
  })
  if (problems.length > 0) return problems
  const regimes = Array.isArray(file['regimes']) ? file['regimes'].length : 1
  const series = regimes * choiceCount(lists)
  if (series <= mostSeries) return []
  const message = `${count(series)} series, values × regimes; expected at most ${mostSeries}; sweep fewer values`
  return [{ path: ['sweep'], message }]
}

/** The choices of a sweep; where they are far too many, repetitions count. */
function choiceCount(lists: readonly [string, Json[]][]): number {
  const product = lists.reduce((choices, [, values]) => choices * values.length, 1)
  return product > 100 * mostSeries ? product : sweptSettings(Object.fromEntries(lists)).length
}

/** A swept value that a setting can be checked with; null where no swept value has the setting. */
function companyOf(path: string, sweep: JsonObject): SweptSettings | null {
  const owner = ownerOf(path)
  const values = owner && sweep[owner.setting]
  if (!Array.isArray(values)) return {}
  const value = values.find((each) => owner!.values.includes(each as string))
  return value === undefined ? null : { [owner!.setting]: value }
}

function withoutOwner(path: string): string {
  const { setting, values } = ownerOf(path)!
  return `no value of sweep.${setting} has it; add ${values.join(' or ')} there, or leave it out`
}

/** The problem of a swept value, from those of the file that has it. */
function valueProblem(problems: readonly Problem[], path: string, index: number): Problem[] {
  const depth = path.split('.').length
  const problem = problems.find((each) => each.path.slice(0, depth).join('.') === path)
  return problem ? [{ path: ['sweep', path, index], message: problem.message }] : []
}

function repetitions(path: string, values: readonly Json[]): Problem[] {
  const texts = values.map(canonicalJson)
  return texts.flatMap((text, index) => {
    const before = texts.indexOf(text)
    if (before === index) return []
    return [{ path: ['sweep', path, index], message: `repeats item ${before}; expected each value once` }]
  })
}

function unknownPath(path: string): string {
  if (fixed.includes(path))
    return `${path} cannot be swept; write an experiment for each value, with ${path} of its own`
  const nearest = nearestWord(path, [...sweepablePaths])
  const hint = nearest === undefined ? '; expected' : `; did you mean "${nearest}"? Expected`
  return `unknown setting${hint} the path of a setting, such as network.head or training.learningRate`
}

/** Swept settings that a file, as its author wrote it, names itself as well. */
export function namedTwice(written: JsonObject): Problem[] {
  const { sweep } = written
  if (!isJsonObject(sweep)) return []
  return Object.keys(sweep)
    .filter((path) => sweepablePaths.includes(path) && has(written, path.split('.')))
    .map((path) => ({ path: ['sweep', path], message: `${path} is also set in the file; remove one of them` }))
}

function has(section: unknown, [key, ...rest]: readonly string[]): boolean {
  if (!isJsonObject(section) || !(key! in section)) return false
  return rest.length === 0 || has(section[key!], rest)
}
