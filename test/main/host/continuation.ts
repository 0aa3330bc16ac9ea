import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type { TrainJob } from '../../../src/contract/experiment/trainer-jobs.ts'
import { parentOf } from '../../../src/contract/experiment/phase-definition.ts'
import { openStoreReadOnly } from '../../../src/main/store/open.ts'
import { checkpointFolder } from '../../../src/main/store/workspace.ts'
import { temporaryFolder } from './support.ts'

/** The job that goes on with the phase in which a run was paused, on a copy of its checkpoints. */
export function continuation(workspace: string, name: string, dataPath: string): TrainJob {
  const store = openStoreReadOnly(workspace)!
  const { id, definition } = store.phases.chain(store.runs.find(name)[0]!.id).find(({ status }) => status !== 'done')!
  const parentId = parentOf(definition)
  const parent = parentId === null ? null : store.phases.get(parentId)!.checkpoint!
  const folder = join(temporaryFolder(), 'checkpoints')
  cpSync(checkpointFolder(store.workspace, id), folder, { recursive: true })
  store.close()
  return {
    kind: 'train',
    ...definition,
    phaseId: id,
    parent: parent && { ...parent, phaseId: parentId!, file: join(workspace, parent.file) },
    dataPath,
    checkpointFolder: folder,
    checkpointSeconds: 1000,
    dominanceBatches: 0,
  }
}
