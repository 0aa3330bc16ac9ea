import type { ExperimentFile } from '../../experiment/experiment.ts'
import { ExitlabError } from '../../shared/error.ts'
import { shortHash } from '../../shared/method-origin.ts'
import { hashOf } from '../../extensions/archive.ts'
import { collect } from '../../extensions/collect.ts'
import { loadedExtensions } from '../../extensions/launch.ts'
import { relativeTo } from '../data/model-files.ts'

/**
 * Refuses an experiment that names an extension which this process has not loaded, or which has changed since. A host loads
 * extensions when it starts, and never because of an experiment that it is given.
 */
export async function refuseMissingExtensions(file: ExperimentFile, folder: string | null): Promise<void> {
  for (const named of file.extensions ?? []) {
    const path = relativeTo(folder, named)
    const sha256 = hashOf(await collect(path))
    if (loadedExtensions().some((each) => each.sha256 === sha256)) continue
    const former = loadedExtensions().find((each) => each.file === path)
    const what =
      former === undefined
        ? `The extension ${named} is not loaded in process ${process.pid}, which has the workspace open.`
        : `The extension ${named} has changed (sha256 ${shortHash(former.sha256)}… is now ${shortHash(sha256)}…) since process ${process.pid}, which has the workspace open, loaded it.`
    throw new ExitlabError('conflict', `${what} Restart that process with --extension ${path}`)
  }
}
