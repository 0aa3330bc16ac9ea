import type { DataLocation } from '../../contract/experiment/trainer-jobs.ts'
import type { Store } from './open.ts'
import { tokenFolder, type Workspace } from './workspace.ts'

/** Location of the data of a stored experiment. */
export function storedDataLocation({ experiments, workspace }: Store, experimentId: string): DataLocation {
  const { dataPath, file } = experiments.get(experimentId)!
  return dataLocation(workspace, { dataPath, tokenizer: file.data.tokenizer })
}

/** tokenizer: absolute path of the tokenizer.json, where there are texts. */
export function dataLocation(
  workspace: Workspace,
  { dataPath, tokenizer }: { dataPath: string; tokenizer: string | undefined },
): DataLocation {
  return { dataPath, ...(tokenizer !== undefined && { tokenizer: { file: tokenizer, cache: tokenFolder(workspace) } }) }
}
