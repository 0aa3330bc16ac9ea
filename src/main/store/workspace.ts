import { join } from 'node:path'
import { evaluationName } from '../../files/checkpoint-manifest.ts'

/** Paths of a workspace. Paths in the store are relative to its folder, so that it can be moved. */
export interface Workspace {
  folder: string
  database: string
  /** Held by the host that has the workspace open. */
  lock: string
  /** Process id and address of the host. */
  hostRecord: string
  /** Space that is given up to delete runs on a full disk. */
  reserve: string
  /** Key that signs the sessions of browsers. */
  sessionSecret: string
  checkpoints: string
  /** Has evaluations of versions that did not put them into the folders of their phases. */
  evaluations: string
  analyses: string
}

export function workspaceAt(folder: string): Workspace {
  return {
    folder,
    database: join(folder, 'exitlab.db'),
    lock: join(folder, 'host.lock'),
    hostRecord: join(folder, 'host.json'),
    reserve: join(folder, 'reserve'),
    sessionSecret: join(folder, 'session-secret'),
    checkpoints: join(folder, 'checkpoints'),
    evaluations: join(folder, 'evaluations'),
    analyses: join(folder, 'analyses'),
  }
}

/** Keeps tokens of texts. It may be deleted at any time. */
export function tokenFolder(workspace: Workspace): string {
  return join(workspace.folder, 'tokens')
}

export function checkpointFolder(workspace: Workspace, phaseId: string): string {
  return join(workspace.checkpoints, phaseId)
}

/** Beside the weights that it is of. */
export function evaluationFile(workspace: Workspace, phaseId: string): string {
  return join(checkpointFolder(workspace, phaseId), evaluationName)
}

export function formerEvaluationFile(workspace: Workspace, phaseId: string): string {
  return join(workspace.evaluations, `${phaseId}.safetensors`)
}

/** Folder of the finished parts of an analysis and, in the end, its result. */
export function analysisFolder(workspace: Workspace, id: string): string {
  return join(workspace.analyses, id)
}

export function analysisResultFile(workspace: Workspace, id: string): string {
  return join(analysisFolder(workspace, id), 'result.json')
}
