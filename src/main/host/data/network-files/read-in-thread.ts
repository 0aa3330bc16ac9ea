import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { NetworkFile, NetworkReport } from '../../../../shared/network/network-file.ts'
import { createThreads, type Threads } from '../../../execution/threads/threads.ts'
import type { NetworkWork } from './read-network.ts'

/** For the largest files on a slow disk; anything else takes seconds. */
const minutes = 2

/** Reads ONNX files, which may be anything, in a thread, so that the host answers others. */
export function createNetworkReader(
  limitMs = minutes * 60_000,
): Threads<NetworkWork, { file: NetworkFile; report: NetworkReport }> {
  return createThreads(new URL('./network-worker.ts', import.meta.url), 1, {
    ms: limitMs,
    exceeded: ({ path }) =>
      new ExitlabError('data', `${path} could not be read as a network within ${limitMs / 1000} s. Is it a network?`),
  })
}
