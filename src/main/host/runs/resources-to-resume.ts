import { recordedResources } from '../../files/recorded-resources.ts'
import { analysisFolder, checkpointFolder, type Workspace } from '../../store/workspace.ts'

/** Threads and card that a phase was trained with so far; null before its first checkpoint. */
export function resourcesOfPhase(workspace: Workspace, phaseId: string) {
  return recordedResources(checkpointFolder(workspace, phaseId))
}

/** The same of an analysis. */
export function resourcesOfAnalysis(workspace: Workspace, id: string) {
  return recordedResources(analysisFolder(workspace, id))
}
