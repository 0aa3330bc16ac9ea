import { createHash } from 'node:crypto'
import { basename, extname, isAbsolute } from 'node:path'
import type { z } from 'zod'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { importInput, ImportInspection } from '../../../shared/contract/imports.ts'
import { ExitlabError } from '../../../shared/error.ts'
import type { ImportedContent, ImportedResult } from '../../../shared/imported.ts'
import { exitFamilies } from '../../imports/exit-pattern.ts'
import { ChoiceNeeded, type FoundName, type ImportChoice, type ReadResult } from '../../imports/import-choice.ts'
import { readImport } from '../../imports/read-import.ts'
import type { Store } from '../../store/open.ts'
import { resolveRuns } from '../runs/references.ts'

type ImportInput = z.output<typeof importInput>

interface Importing {
  store: Store
  now: number
}

/** Reads files of other programs and adds what they hold to the workspace: all of it, or nothing. */
export async function addImports(importing: Importing, input: ImportInput): Promise<ImportedResult[]> {
  const { results } = await prepare(importing, input)
  const { store } = importing
  store.transaction(() => {
    for (const row of results) {
      // Once more: another client may have added it meanwhile.
      refuseOther(store, row)
      store.imports.add(row)
    }
  })
  return results
}

/** What would be added, with the tags or columns to choose from, or why nothing can be. */
export async function inspectImports(importing: Importing, input: ImportInput): Promise<ImportInspection> {
  try {
    const { names, results } = await prepare(importing, input)
    return { ...choicesOf(names), results, problem: null }
  } catch (error) {
    if (!(error instanceof ExitlabError)) throw error
    return { ...choicesOf(error instanceof ChoiceNeeded ? error.names : []), results: [], problem: error.message }
  }
}

async function prepare({ store, now }: Importing, input: ImportInput) {
  const sources = await sourcesOf(store, input)
  const read = sources.flatMap(({ results, format }) => results.map((result) => ({ ...result, format })))
  const results = named(read, input).map((row): ImportedResult => ({ ...row, id: idOf(row), importedAt: now }))
  for (const row of results) refuseOther(store, row)
  return { names: sources.flatMap(({ names }) => names), results }
}

function choicesOf(names: readonly FoundName[]): Pick<ImportInspection, 'names' | 'patterns'> {
  const distinct = [...new Map(names.map((each) => [each.name, each])).values()]
  const families = exitFamilies(distinct.map(({ name }) => name)).filter(({ members }) => members.length > 1)
  return { names: distinct, patterns: families.map(({ pattern }) => pattern) }
}

type Read = ReadResult & Pick<ImportedResult, 'format'>

async function sourcesOf(store: Store, { paths, costs, ...input }: ImportInput) {
  const choice: ImportChoice = { ...input, ...(typeof costs === 'string' ? costsOfRun(store, costs) : { costs }) }
  const backboneMacs = input.backboneMacs ?? choice.backboneMacs
  const relative = paths.find((path) => !isAbsolute(path))
  if (relative !== undefined)
    throw new ExitlabError('usage', `“${relative}” is no absolute path on the machine of the host.`)
  const sources = []
  for (const path of paths) sources.push(await readImport(path, { ...choice, backboneMacs }))
  return sources
}

/** What the exits of own runs cost. */
function costsOfRun(store: Store, reference: string): Pick<ImportChoice, 'costs' | 'backboneMacs'> {
  const found = resolveRuns(store, [reference]).map(({ seriesId }) => store.series.get(seriesId).costs)
  if (new Set(found.map((each) => canonicalJson(each))).size > 1)
    throw new ExitlabError('conflict', `The runs of “${reference}” have networks of different cost. Name one of them.`)
  return { costs: found[0]!.exits.map(({ macs }) => macs), backboneMacs: found[0]!.backboneMacs }
}

type Named = Omit<ImportedResult, 'id' | 'importedAt'>

/** With the names, regime and seeds that are given, else those of the files. @throws ExitlabError `usage`, `conflict` where two are alike. */
function named(read: readonly Read[], { name, experiment = null, regime, seeds }: ImportInput): Named[] {
  const own = [...new Set(read.map((each) => each.name ?? stemOf(each.path)))]
  const isOne = read.every((each) => each.name === null) || own.length === 1
  if (name !== undefined && !isOne)
    throw new ExitlabError(
      'usage',
      `One name does not fit these results of several trainings: ${own.join(', ')}. Import them without a name, or one by one.`,
    )
  if (seeds !== undefined && seeds.length !== read.length)
    throw new ExitlabError('usage', `${seeds.length} seeds are given for ${read.length} results. Give one for each.`)
  const rows = read.map(({ path, sha256, content, format, ...each }, index) => ({
    path,
    sha256,
    content,
    format,
    experiment,
    name: name ?? each.name ?? stemOf(path),
    regime: regime ?? each.regime,
    seed: seeds?.[index] ?? each.seed ?? seedIn(path) ?? (read.length === 1 ? 0 : index),
  }))
  refuseTwice(rows)
  return rows
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
  const twice = rows.find(
    (row, i) => rows.findIndex((other) => other.name === row.name && other.seed === row.seed) !== i,
  )
  if (twice)
    throw new ExitlabError(
      'conflict',
      `Two of these results are “${twice.name}”, seed ${twice.seed}. Give them seeds of their own.`,
    )
}

/** Curves follow from the file, and were not read by earlier versions. */
function idOf({ experiment, name, seed, sha256, content: { training: _, ...content } }: Named): string {
  return createHash('sha256')
    .update(canonicalJson([experiment, name, seed, sha256, content]))
    .digest('hex')
}

/** Seeds of one name are averaged, so that they have to be alike. */
function refuseOther(store: Store, row: ImportedResult): void {
  const others = store.imports
    .find(row.name)
    .filter((each) => each.name === row.name && each.experiment === row.experiment)
  const same = others.find(({ seed }) => seed === row.seed)
  if (same)
    throw new ExitlabError(
      'conflict',
      `“${row.name}”, seed ${row.seed}, has been imported already, from ${same.path}. Give this one another name or seed, or delete the other.`,
    )
  const other = others.find((each) => shapeOf(each) !== shapeOf(row))
  if (other)
    throw new ExitlabError(
      'conflict',
      `${row.path} cannot be a seed of “${row.name}”: it has another regime, or other exits, costs or thresholds than seed ${other.seed}. Give it another name.`,
    )
}

/** All that seeds share. */
function shapeOf({ regime, content }: { regime: string | null; content: ImportedContent }): string {
  const { task, split, rule, backboneMacs, exits, curve } = content
  const thresholds = curve?.map(({ threshold }) => threshold) ?? null
  return canonicalJson({
    regime,
    task,
    split,
    rule,
    backboneMacs,
    thresholds,
    exits: exits.map(({ name, cost }) => [name, cost]),
  })
}
