import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { parentOf } from '../../../shared/phase.ts'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'
import { analysisFolder, checkpointFolder, type Workspace } from '../../store/workspace.ts'

/** A manifest of a checkpoint or a result, or the first line of a journal. */
const record = z.object({
  step: z.int().default(0),
  versions: z.object({ threads: z.coerce.number().int().positive() }),
})

/** Threads of each of so many trainers at once: they share the processor. */
export function sharedThreads(parallel: number): number {
  return Math.max(1, Math.floor(availableParallelism() / parallel))
}

/**
 * Threads that a phase was trained with so far, as its newest manifest says; null where it has none. Sums of floats depend on how
 * many threads share them (docs/decisions/007-threads-decide-the-last-bits.md), so it is trained further, and again, with as many.
 */
export function threadsOfPhase(workspace: Workspace, phaseId: string): number | null {
  return threadsIn(checkpointFolder(workspace, phaseId))
}

/**
 * Threads that a phase is to be trained with: those that it began with, else those of the weights that it starts from, so that a
 * run ends with the same weights however often it is interrupted. Null where neither is there.
 */
export function threadsOfChain(
  { workspace }: Store,
  { id, definition }: Pick<PhaseRow, 'id' | 'definition'>,
): number | null {
  const parent = parentOf(definition)
  return threadsOfPhase(workspace, id) ?? (parent === null ? null : threadsOfPhase(workspace, parent))
}

/** The threads that an analysis was begun with. */
export function threadsOfAnalysis(workspace: Workspace, id: string): number | null {
  return threadsIn(analysisFolder(workspace, id))
}

/** Files moved aside count if there are no others: they are computed again. */
function threadsIn(folder: string): number | null {
  const names = namesIn(folder)
  const places = [/\.manifest\.json$/, /^parts\.jsonl$/, /\.manifest\.json\.damaged$/]
  for (const place of places) {
    const found = names.filter((name) => place.test(name)).flatMap((name) => recordIn(join(folder, name)))
    const newest = found.sort((a, b) => b.step - a.step)[0]
    if (newest !== undefined) return newest.versions.threads
  }
  return null
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
  } catch {
    // The trainer reports the fault.
    return []
  }
}

function recordIn(path: string): z.infer<typeof record>[] {
  try {
    const [line = ''] = readFileSync(path, 'utf8').split('\n', 1)
    const { data } = record.safeParse(JSON.parse(line))
    return data ? [data] : []
  } catch {
    return []
  }
}
