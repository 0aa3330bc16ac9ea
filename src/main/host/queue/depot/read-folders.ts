import PQueue from 'p-queue'
import { phaseFolder } from '../../../execution/depot/depot.ts'

/** Files of a network file system that are read at once. */
const readsAtOnce = 32

/** What is read of the folder of each phase in a depot, in the order of the phases. */
export function readFolders<Found>(
  depot: string,
  phases: readonly string[],
  read: (folder: string) => Promise<Found>,
): Promise<{ phase: string; found: Found }[]> {
  const reads = new PQueue({ concurrency: readsAtOnce })
  return reads.addAll(phases.map((phase) => async () => ({ phase, found: await read(phaseFolder(depot, phase)) })))
}
