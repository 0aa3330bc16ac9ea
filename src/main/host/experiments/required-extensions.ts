import type { ExperimentFile } from '../../../contract/experiment/experiment.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { isWorkbench, type HostAsSeen } from '../../../shared/basics/host-words.ts'
import { shortHash } from '../../../shared/methods/method-origin.ts'
import { hashOf } from '../../extensions/archive.ts'
import { collect } from '../../extensions/collect.ts'
import { loadedExtensions } from '../../extensions/launch.ts'
import { relativeTo } from '../data/model-files.ts'

/**
 * Refuses an experiment that names an extension which this process has not loaded, or which has changed since. A host loads
 * extensions when it starts, and never because of an experiment that it is given. `host`: that of this process.
 */
export async function refuseMissingExtensions(
  file: ExperimentFile,
  folder: string | null,
  host: HostAsSeen | null,
): Promise<void> {
  for (const named of file.extensions ?? []) {
    const path = relativeTo(folder, named)
    const sha256 = hashOf(await collect(path))
    if (loadedExtensions().some((each) => each.sha256 === sha256)) continue
    throw new ExitlabError('conflict', `The extension ${named} ${missingIn({ path, sha256 }, host)}`)
  }
}

function missingIn({ path, sha256 }: { path: string; sha256: string }, host: HostAsSeen | null): string {
  const former = loadedExtensions().find((each) => each.file === path)
  // A command may be the one that asks: it has ended when this is read.
  const command = host === null || isWorkbench(host) ? null : `exitlab ${host.command}`
  const holder =
    command === null
      ? `process ${process.pid}, which has the workspace open,`
      : `“${command}” (process ${process.pid}), which has the workspace open,`
  const again = command === null ? 'Restart that process' : `Start “${command}” again`
  if (former === undefined) return `is not loaded in ${holder.replace(/,$/, '')}. ${again} with --extension ${path}`
  const hashes = `(sha256 ${shortHash(former.sha256)}… is now ${shortHash(sha256)}…)`
  const option = command === null ? ` with --extension ${path}` : ', which asks about it where that is needed.'
  return `has changed ${hashes} since ${holder} loaded it. ${again}${option}`
}
