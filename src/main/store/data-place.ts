import type { DataPlace } from '../../shared/trainer.ts'
import type { Store } from './open.ts'
import { tokenFolder, type Workspace } from './workspace.ts'

/** Where the data of an experiment lie that is stored. */
export function storedDataPlace({ experiments, workspace }: Store, experimentId: string): DataPlace {
  const { dataPath, file } = experiments.get(experimentId)!
  return dataPlace(workspace, { dataPath, tokenizer: file.data.tokenizer })
}

/** tokenizer: absolute path of the tokenizer.json, where there are texts. */
export function dataPlace(
  workspace: Workspace,
  { dataPath, tokenizer }: { dataPath: string; tokenizer: string | undefined },
): DataPlace {
  return { dataPath, ...(tokenizer !== undefined && { tokenizer: { file: tokenizer, cache: tokenFolder(workspace) } }) }
}
