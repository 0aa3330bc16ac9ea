import { isAbsolute } from 'node:path'
import type { z } from 'zod'
import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import type { importInput, ImportInspection, ImportWork } from '../../../contract/imports.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { ImportedResult } from '../../../shared/runs/imported.ts'
import { shapeOf, unlike, type Prepared, type PreparedImport } from './readers/prepare-imports.ts'
import { createImportReader, type Refused } from './readers/read-in-thread.ts'
import type { Store } from '../../store/open.ts'
import { resolveRuns } from '../runs/references.ts'

type ImportInput = z.output<typeof importInput>

interface Importing {
  store: Store
  now: number
  /** Ends the reading. */
  signal: AbortSignal | undefined
}

const reader = createImportReader()

/**
 * Reads files of other programs and adds what they hold to the workspace: all of it, or nothing. What is followed by the same words
 * already, as after a command was killed, is read again.
 */
export async function addImports(importing: Importing, input: ImportInput): Promise<ImportedResult[]> {
  const { store, now } = importing
  const work = workOf(store, input)
  const followed = store.imports.follows().find((each) => JSON.stringify(each.input) === JSON.stringify(work))
  if (followed !== undefined) {
    await readAgain(importing, followed)
    return store.imports.all().filter(({ following }) => following?.id === followed.id)
  }
  const prepared = await prepare(importing, work)
  if ('refusal' in prepared) throw refusalOf(prepared)
  const results = prepared.results.map((row) => rowOf(row, now))
  return store.transaction(() => {
    // Once more: another client may have added one meanwhile.
    refuseOthers(store, prepared.results)
    const followId = input.follow ? store.imports.follow(work) : null
    for (const row of results) store.imports.add(row, followId)
    return results.map(({ id }) => store.imports.get(id))
  })
}

/** Reads followed files again. @returns whether they hold anything else than before. @throws ExitlabError where they cannot be read. */
export async function readAgain(
  importing: Importing,
  { id, input }: { id: number; input: ImportWork },
): Promise<boolean> {
  const { store, now, signal } = importing
  const prepared = await reader.run(input, { signal })
  if ('refusal' in prepared) throw refusalOf(prepared)
  return store.transaction(() => {
    // Nothing is added where following has ended meanwhile.
    if (!store.imports.follows().some((each) => each.id === id)) return false
    const known = prepared.results.map((row) => ({ row, before: seedOf(store, row) }))
    const others = known.filter(({ before }) => before?.followId !== id).map(({ row }) => row)
    refuseOthers(store, others, id)
    for (const row of others) store.imports.add(rowOf(row, now), id)
    const changed = known.filter(({ row, before }) => before?.followId === id && before.sha256 !== row.sha256)
    for (const { row, before } of changed) store.imports.renew({ ...row, id: before!.id })
    return changed.length + others.length > 0
  })
}

const seedOf = (store: Store, { name, experiment, seed }: PreparedImport) =>
  store.imports.ofName({ name, experiment }).find((each) => each.seed === seed)

/** What would be added, with the tags or columns to choose from, or why nothing can be. */
export async function inspectImports(importing: Importing, input: ImportInput): Promise<ImportInspection> {
  try {
    const { names, patterns, ...prepared } = await prepare(importing, workOf(importing.store, input))
    if ('refusal' in prepared) {
      const { message, missing } = prepared.refusal
      return { names, patterns, results: [], problem: message, missing }
    }
    const results = prepared.results.map((row) => rowOf(row, importing.now))
    return { names, patterns, results, problem: null, missing: null }
  } catch (error) {
    if (!(error instanceof ExitlabError)) throw error
    return { names: [], patterns: [], results: [], problem: error.message, missing: null }
  }
}

async function prepare({ store, signal }: Importing, work: ImportWork): Promise<Prepared | Refused> {
  const prepared = await reader.run(work, { signal })
  if (!('refusal' in prepared)) refuseOthers(store, prepared.results)
  return prepared
}

const refusalOf = ({ refusal: { code, message, fields } }: Refused) => new ExitlabError(code, message, fields)

const rowOf = ({ shape: _, ...row }: PreparedImport, importedAt: number): ImportedResult => ({ ...row, importedAt })

function workOf(store: Store, { costs, ...input }: ImportInput): ImportWork {
  const relative = input.paths.find((path) => !isAbsolute(path))
  if (relative !== undefined)
    throw new ExitlabError('usage', `“${relative}” is no absolute path on the machine of the host.`)
  if (typeof costs !== 'string') return { ...input, costs }
  const own = costsOfRun(store, costs)
  return { ...input, ...own, backboneMacs: input.backboneMacs ?? own.backboneMacs }
}

/** What the exits of own runs cost. */
function costsOfRun(store: Store, reference: string): { costs: number[]; backboneMacs: number } {
  const found = resolveRuns(store, [reference]).map(({ seriesId }) => store.series.get(seriesId).costs)
  if (new Set(found.map((each) => canonicalJson(each))).size > 1)
    throw new ExitlabError('conflict', `The runs of “${reference}” have networks of different cost. Name one of them.`)
  return { costs: found[0]!.exits.map(({ macs }) => macs), backboneMacs: found[0]!.backboneMacs }
}

/** `followId`: what is read with the rows again. @throws ExitlabError `conflict` where a seed of this name is there already, or seeds of it are not alike. */
function refuseOthers(store: Store, rows: readonly PreparedImport[], followId?: number): void {
  for (const [name, own] of Map.groupBy(rows, (row) => row.name)) {
    const all = store.imports.ofName({ name, experiment: own[0]!.experiment })
    const others = followId === undefined ? all : all.filter((each) => each.followId !== followId)
    if (others.length === 0) continue
    for (const row of own) {
      const same = others.find(({ seed }) => seed === row.seed)
      if (same) throw importedAlready(row, same)
    }
    const other = store.imports.get(others[0]!.id)
    if (shapeOf(other) !== own[0]!.shape) throw unlike(own[0]!, other)
  }
}

function importedAlready({ name, seed }: PreparedImport, { path }: Pick<ImportedResult, 'path'>): ExitlabError {
  return new ExitlabError(
    'conflict',
    `“${name}”, seed ${seed}, has been imported already, from ${path}. Give this one another name or seed, or delete the other.`,
  )
}
