import { parentOf } from '../../../experiment/phase-definition.ts'
import { recordedResources } from '../../files/recorded-resources.ts'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'
import { analysisFolder, checkpointFolder, type Workspace } from '../../store/workspace.ts'

/** Threads and card that a phase was trained with so far; null before its first checkpoint. */
export function resourcesOfPhase(workspace: Workspace, phaseId: string) {
  return recordedResources(checkpointFolder(workspace, phaseId))
}

/**
 * Threads and card for a phase: those with which it began, else those of its initial weights, so that a run ends with the same
 * weights however often it is interrupted. Null if neither is known.
 */
export function resourcesToResume({ workspace }: Store, { id, definition }: Pick<PhaseRow, 'id' | 'definition'>) {
  const parent = parentOf(definition)
  return resourcesOfPhase(workspace, id) ?? (parent === null ? null : resourcesOfPhase(workspace, parent))
}

/** The same of an analysis. */
export function resourcesOfAnalysis(workspace: Workspace, id: string) {
  return recordedResources(analysisFolder(workspace, id))
}
