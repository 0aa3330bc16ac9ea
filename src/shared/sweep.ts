import { canonicalJson } from './canonical-json.ts'
import type { Problem } from './error.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'
import { nearestWord } from './nearest-word.ts'
import type { SweptSettings } from './series.ts'
import { settingPaths } from './setting-paths.ts'

/** Values of settings, by their paths. */
export type Sweep = Record<string, Json[]>

/** More series than anyone compares; a value too many in two lists makes hundreds of them. */
const mostSeries = 100

/** Settings that cannot be swept: not of a network or its training, or deciding which other settings exist. */
const fixed = ['data.source', 'data.path', 'initial.weights', 'network.family', 'probes.gradientDominance']

export const sweepablePaths: readonly string[] = Object.keys(settingPaths).filter((path) => !fixed.includes(path))

/** Every choice of one value each, the last path fastest; one choice of none where nothing is swept. */
export function sweptSettings(sweep: Sweep = {}): SweptSettings[] {
  return Object.entries(sweep).reduce<SweptSettings[]>(
    (chosen, [path, values]) => chosen.flatMap((each) => values.map((value) => ({ ...each, [path]: value }))),
    [{}],
  )
}

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

/** Problems of the sweep of an experiment. `problemsOf`: problems of a file without a sweep. */
export function sweepProblems(
  file: JsonObject,
  sweep: unknown,
  problemsOf: (file: JsonObject) => Problem[],
): Problem[] {
  if (!isJsonObject(sweep)) return []
  const lists = Object.entries(sweep).filter((entry): entry is [string, Json[]] => Array.isArray(entry[1]))
  const unknown = lists.filter(([path]) => !sweepablePaths.includes(path))
  if (unknown.length > 0) return unknown.map(([path]) => ({ path: ['sweep', path], message: unknownPath(path) }))
  const problems = lists.flatMap(([path, values]) =>
    values.flatMap((_, index) =>
      valueProblem(values, index, problemsOf(withSettings(file, { [path]: values[index]! })), path),
    ),
  )
  const regimes = Array.isArray(file['regimes']) ? file['regimes'].length : 1
  const count = lists.reduce((product, [, values]) => product * values.length, regimes)
  if (problems.length > 0 || count <= mostSeries) return problems
  const message = `${count.toLocaleString('en-US')} series, values × regimes; expected at most ${mostSeries}; sweep fewer values`
  return [{ path: ['sweep'], message }]
}

function valueProblem(values: readonly Json[], index: number, problems: readonly Problem[], path: string): Problem[] {
  const at = ['sweep', path, index]
  const before = values.findIndex((other) => canonicalJson(other) === canonicalJson(values[index]))
  if (before < index) return [{ path: at, message: `repeats item ${before}; expected each value once` }]
  const depth = path.split('.').length
  const problem = problems.find((each) => each.path.slice(0, depth).join('.') === path)
  return problem ? [{ path: at, message: problem.message }] : []
}

function unknownPath(path: string): string {
  if (fixed.includes(path)) return `${path} cannot be swept; write an experiment for each value`
  const nearest = nearestWord(path, [...sweepablePaths])
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`
  return `unknown setting${hint} Expected the path of a setting, such as network.head or training.learningRate`
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
