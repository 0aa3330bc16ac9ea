import { createHash } from 'node:crypto'
import { basename, extname } from 'node:path'
import { canonicalJson } from '../../../../shared/basics/canonical-json.ts'
import type { ImportInspection, ImportWork } from '../../../../contract/imports.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { ImportedContent, ImportedResult } from '../../../../shared/runs/imported.ts'
import { exitFamilies, isMetric } from './exit-pattern.ts'
import { badSource, isSeed, type FoundName, type ReadResult } from './import-choice.ts'
import { readImport } from './read-import.ts'

/** A result that may be added, but for the time. */
export type PreparedImport = Omit<ImportedResult, 'importedAt'> & {
  /** What seeds of one name share (`shapeOf`). */
  shape: string
}

/** What files of other programs hold, as it would be added. */
export interface Prepared extends Pick<ImportInspection, 'names' | 'patterns'> {
  results: PreparedImport[]
}

/** Reads files of other programs; `say` is told each before it is read. @throws ExitlabError for what cannot be added, ChoiceNeeded. */
export async function prepareImports(work: ImportWork, say: (path: string) => void): Promise<Prepared> {
  const sources = []
  for (const path of work.paths) sources.push(await readImport(path, work, say))
  const read = sources.flatMap(({ results, format }) => results.map((result) => ({ ...result, format })))
  const results = named(read, work).map((row) => ({ ...row, id: idOf(row), shape: shapeOf(row) }))
  refuseTwice(results)
  refuseUnlike(results)
  refuseLarge(results)
  return { ...choicesOf(sources.flatMap(({ names }) => names)), results }
}

/** Names that are listed at most, those that speak of a metric first. */
const mostNames = 500

/** The tags or columns, and the patterns of exits, to choose from. */
export function choicesOf(names: readonly FoundName[]): Pick<ImportInspection, 'names' | 'patterns'> {
  const distinct = [...new Map(names.map((each) => [each.name, each])).values()]
  const families = exitFamilies(distinct.map(({ name }) => name)).filter(({ members }) => members.length > 1)
  const isFirst = (name: string) => (isMetric(name, {}) || isMetric(name, { task: 'regression' }) ? 0 : 1)
  const listed = <T>(all: readonly T[], nameOf: (each: T) => string) =>
    all.length <= mostNames
      ? [...all]
      : all.toSorted((a, b) => isFirst(nameOf(a)) - isFirst(nameOf(b))).slice(0, mostNames)
  return {
    names: listed(distinct, ({ name }) => name),
    patterns: listed(families, ({ pattern }) => pattern).map(({ pattern }) => pattern),
  }
}

type Read = ReadResult & Pick<ImportedResult, 'format'>
type Named = Omit<ImportedResult, 'id' | 'importedAt'>

/** With the names, regime and seeds that are given, else those of the files. @throws ExitlabError `usage`. */
function named(read: readonly Read[], { name, experiment = null, regime, seeds }: ImportWork): Named[] {
  const own = [...new Set(read.map((each) => each.name ?? stemOf(each.path)))]
  const isOne = read.every((each) => each.name === null) || own.length === 1
  if (name !== undefined && !isOne)
    throw new ExitlabError(
      'usage',
      `One name does not fit these results of several trainings: ${own.join(', ')}. Import them without a name, or one by one.`,
    )
  if (seeds !== undefined && seeds.length !== read.length)
    throw new ExitlabError('usage', `${seeds.length} seeds are given for ${read.length} results. Give one for each.`)
  const ofName = new Map<string, number>()
  return read.map(({ path, sha256, content, format, ...each }, index) => {
    const called = name ?? ownName(each.name ?? stemOf(path), path)
    const before = ofName.get(called) ?? 0
    ofName.set(called, before + 1)
    const seed = seeds?.[index] ?? each.seed ?? seedIn(path) ?? before
    if (!isSeed(seed))
      throw badSource(path, `has ${seed} as its seed; expected a whole number of at least 0. Give it a seed.`)
    return { path, sha256, content, format, experiment, name: called, regime: regime ?? each.regime, seed }
  })
}

const longestName = 100

function ownName(name: string, path: string): string {
  if (name.trim() !== '' && name.length <= longestName) return name
  throw new ExitlabError(
    'usage',
    `${path} cannot be compared by its own name, which has ${name.length} characters; expected 1 to ${longestName}. Give it a name.`,
    { command: ['import', path, '--name', 'NAME'] },
  )
}

/** Without the ending by which the format was recognised. */
const stemOf = (path: string) => {
  const name = basename(path)
  return /^\.(csv|tsv|txt|pth|pt)$/i.test(extname(name)) ? name.slice(0, -extname(name).length) : name
}

/** `seed3`, `seed-3`, `seed_3` in the name of the file or folder. */
function seedIn(path: string): number | null {
  const found = /seed[-_= ]?(\d{1,9})/i.exec(basename(path))?.[1]
  return found === undefined ? null : Number(found)
}

function refuseTwice(rows: readonly Named[]): void {
  const seen = new Set<string>()
  for (const { name, seed } of rows) {
    if (seen.has(canonicalJson([name, seed])))
      throw new ExitlabError(
        'conflict',
        `Two of these results are “${name}”, seed ${seed}. Give them seeds of their own.`,
      )
    seen.add(canonicalJson([name, seed]))
  }
}

/** Seeds of one name are averaged, so that they have to be alike. */
function refuseUnlike(rows: readonly PreparedImport[]): void {
  const first = new Map<string, PreparedImport>()
  for (const row of rows) {
    const other = first.get(row.name) ?? row
    if (other.shape !== row.shape) throw unlike(row, other)
    first.set(row.name, other)
  }
}

export function unlike({ path, name }: Pick<Named, 'path' | 'name'>, { seed }: Pick<Named, 'seed'>): ExitlabError {
  return new ExitlabError(
    'conflict',
    `${path} cannot be a seed of “${name}”: it has another regime, or other exits, costs or thresholds than seed ${seed}. Give it another name.`,
  )
}

/** Numbers that are imported at once at most: of some hundred seeds with sweeps of some hundred thresholds. */
const mostNumbers = 200_000

function refuseLarge(rows: readonly PreparedImport[]): void {
  const numbers = rows.reduce((sum, { content }) => sum + numbersOf(content), 0)
  if (numbers <= mostNumbers) return
  throw new ExitlabError(
    'data',
    `These ${rows.length} results have ${numbers} numbers; at most ${mostNumbers} are imported at once. Import fewer results, or curves with fewer points.`,
  )
}

function numbersOf({ exits, curve, training }: ImportedContent): number {
  const logged = training?.curves.reduce((sum, each) => sum + each.length, 0) ?? 0
  return 2 * exits.length + 3 * (curve?.length ?? 0) + logged
}

/** Curves follow from the file, and were not read by earlier versions. */
function idOf({ experiment, name, seed, sha256, content: { training: _, ...content } }: Named): string {
  return createHash('sha256')
    .update(canonicalJson([experiment, name, seed, sha256, content]))
    .digest('hex')
}

/** All that seeds of one name share. */
export function shapeOf({ regime, content }: Pick<Named, 'regime' | 'content'>): string {
  const { task, split, rule, backboneMacs, exits, curve } = content
  const thresholds = curve?.map(({ threshold }) => threshold) ?? null
  const shared = { regime, task, split, rule, backboneMacs, thresholds, exits: exits.map(({ name, cost }) => [name, cost]) } // prettier-ignore
  return createHash('sha256').update(canonicalJson(shared)).digest('hex')
}
