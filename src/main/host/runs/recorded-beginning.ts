import { availableParallelism } from 'node:os'
import { parentOf } from '../../../shared/phase.ts'
import { recordedBeginning } from '../../files/recorded-beginning.ts'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'
import { analysisFolder, checkpointFolder, type Workspace } from '../../store/workspace.ts'

/** Threads of each of so many trainers at once: they share the processor. */
export function sharedThreads(parallel: number): number {
  return Math.max(1, Math.floor(availableParallelism() / parallel))
}

/** Threads and card that a phase was trained with so far; null before its first checkpoint. */
export function beginningOfPhase(workspace: Workspace, phaseId: string) {
  return recordedBeginning(checkpointFolder(workspace, phaseId))
}

/**
 * Threads and card for a phase: those with which it began, else those of its initial weights, so that a run ends with the same
 * weights however often it is interrupted. Null if neither is known.
 */
export function beginningOfChain({ workspace }: Store, { id, definition }: Pick<PhaseRow, 'id' | 'definition'>) {
  const parent = parentOf(definition)
  return beginningOfPhase(workspace, id) ?? (parent === null ? null : beginningOfPhase(workspace, parent))
}

/** The same of an analysis. */
export function beginningOfAnalysis(workspace: Workspace, id: string) {
  return recordedBeginning(analysisFolder(workspace, id))
}
