import { availableParallelism } from 'node:os'
import { parentOf } from '../../../shared/phase.ts'
import { recordedThreads } from '../../files/recorded-threads.ts'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'
import { analysisFolder, checkpointFolder, type Workspace } from '../../store/workspace.ts'

/** Threads of each of so many trainers at once: they share the processor. */
export function sharedThreads(parallel: number): number {
  return Math.max(1, Math.floor(availableParallelism() / parallel))
}

/** Threads that a phase was trained with so far; null before its first checkpoint. */
export function threadsOfPhase(workspace: Workspace, phaseId: string): number | null {
  return recordedThreads(checkpointFolder(workspace, phaseId))
}

/**
 * Number of threads for a phase: that with which it began, else that of its initial weights, so that a run ends with the same
 * weights however often it is interrupted. Null if neither is known.
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
  return recordedThreads(analysisFolder(workspace, id))
}
