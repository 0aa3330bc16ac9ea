import { readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { diskError } from '../../../files/durable-file.ts'
import { phaseFolder, phaseIds } from './depot.ts'
import {
  ancestorsOf,
  findGarbage,
  leftoversIn,
  readInTurns,
  unusedWeights,
  type FoundGarbage,
  type PhaseGarbage,
} from './find-garbage.ts'
import { removeStaging } from './merge.ts'
import { claimUnlessFull, whileOwned } from './owner.ts'
import { isOwnerFile } from './owner-file.ts'
import { readContent } from './phase-content.ts'
import type { Patience } from './watch-owner.ts'

interface GarbageOptions {
  /** Reads the ids of phases that are needed, once no host submits any; null: all are. */
  needed: (() => ReadonlySet<string>) | null
  /** Whether garbage is removed; else it is only counted, and nothing is written. */
  remove: boolean
  patience?: Partial<Patience>
}

/** What is removed, or would be, and what is left alone. */
export interface Garbage extends Omit<FoundGarbage, 'garbage'> {
  /** Ids of phases that are not needed. */
  phases: string[]
  /** Number of files of other phases, and of weights that no phase starts from any more. */
  files: number
  bytes: number
}

/**
 * Finds, and removes, unneeded content of a depot: half-written and damaged files, checkpoints of finished phases, and phases that are
 * not needed. @throws ExitlabError `conflict` while another process merges into the depot or submits jobs for it, or where none of its
 * phases is needed; `disk`.
 */
export async function collectGarbage(depot: string, { needed, remove, patience }: GarbageOptions): Promise<Garbage> {
  const find = (ids: readonly string[]) => findGarbage(depot, { ids, needed: needed?.() ?? null, patience })
  const present = await phaseIds(depot)
  // A folder without phases may be any folder: nothing is written there.
  if (!remove || present.length === 0) {
    const found = await find(present)
    return summaryOf(found, await unusedWeights(depot, staying(present, found)))
  }
  const owner = await claimUnlessFull(depot, { what: `The depot ${depot}`, job: null, ...patience })
  try {
    removeStaging(depot)
    // Anew, as phases may have been added before the depot was taken.
    const ids = await phaseIds(depot)
    const found = await removeAll(depot, await find(ids), { lost: owner?.lost, patience })
    const weights = await unusedWeights(depot, staying(ids, found))
    owner?.lost.throwIfAborted()
    for (const { path } of weights) rmSync(path)
    return summaryOf(found, weights)
  } catch (error) {
    throw diskError(depot, error)
  } finally {
    await owner?.release()
  }
}

/** @returns what is removed: a phase that a process has taken up meanwhile stays, with those that it starts from. */
async function removeAll(
  depot: string,
  { garbage, ...left }: FoundGarbage,
  { lost, patience }: { lost: AbortSignal | undefined; patience: Partial<Patience> | undefined },
): Promise<FoundGarbage> {
  const [removed, kept] = [new Set<PhaseGarbage>(), new Set<string>()]
  for (const each of await childrenFirst(depot, garbage)) {
    lost?.throwIfAborted()
    if (each.whole && kept.has(each.id)) left.parents.push(each.id)
    else if (await removeFrom(phaseFolder(depot, each.id), each, patience)) removed.add(each)
    else {
      left.busy.push(each.id)
      for (const id of ancestorsOf(depot, [each.id])) kept.add(id)
    }
  }
  return { garbage: garbage.filter((each) => removed.has(each)), ...left }
}

/** So that of what a phase starts from nothing is removed before it is known whether it stays. */
async function childrenFirst(depot: string, garbage: readonly PhaseGarbage[]): Promise<PhaseGarbage[]> {
  const ids = garbage.filter(({ whole }) => whole).map(({ id }) => id)
  const depths = new Map(await readInTurns(ids, (id) => [id, ancestorsOf(depot, [id]).size] as const))
  const depthOf = ({ id }: PhaseGarbage) => depths.get(id) ?? 0
  return garbage.toSorted((a, b) => depthOf(b) - depthOf(a))
}

const staying = (ids: readonly string[], { garbage }: FoundGarbage) => {
  const gone = new Set(garbage.flatMap(({ id, whole }) => (whole ? id : [])))
  return ids.filter((id) => !gone.has(id))
}

function summaryOf({ garbage, ...left }: FoundGarbage, weights: readonly { bytes: number }[]): Garbage {
  const others = garbage.filter(({ whole }) => !whole)
  return {
    phases: garbage.filter(({ whole }) => whole).map(({ id }) => id),
    files: others.reduce((sum, { names }) => sum + names.length, weights.length),
    bytes: [...garbage, ...weights].reduce((sum, { bytes }) => sum + bytes, 0),
    ...left,
  }
}

/** Whether it is removed: it is not where a process has taken the phase up meanwhile. */
function removeFrom(
  folder: string,
  { id, whole }: Pick<PhaseGarbage, 'id' | 'whole'>,
  patience: Partial<Patience> | undefined,
): Promise<boolean> {
  return whileOwned(folder, { what: `The phase ${id}`, job: null, ...patience }, async () => {
    const names = whole ? readdirSync(folder) : leftoversIn(readContent(folder))
    for (const name of names.toSorted((a, b) => orderOf(a) - orderOf(b)))
      rmSync(join(folder, name), { recursive: true })
    if (whole) removeEmpty(folder)
  })
}

/** Removes what a process that was killed at the end of a phase left in its folder; nothing while another has the phase. */
export async function removeLeftovers(depot: string, id: string, patience?: Partial<Patience>): Promise<void> {
  const folder = phaseFolder(depot, id)
  if (leftoversIn(readContent(folder)).length > 0) await removeFrom(folder, { id, whole: false }, patience)
}

/** Records first: a file without its record is as if it had never been finished, whenever this is interrupted. Ownership ends last. */
function orderOf(name: string): number {
  if (isOwnerFile(name)) return 2
  return name.endsWith('.json') ? 0 : 1
}

/** A process that has begun the phase anew meanwhile keeps its folder. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
  }
}
