import type { PhaseProcess } from '../../../../shared/phases/phase-processes.ts'
import { ownerInWords } from '../../../execution/depot/watch-owner.ts'
import { readFolders } from '../depot/read-folders.ts'

/** Who works on phases, as their folders in the depot say. */
export async function phaseProcesses(phases: readonly string[], depot: string | null): Promise<PhaseProcess[]> {
  if (depot === null) return phases.map((phase) => ({ phase, process: null }))
  const read = await readFolders(depot, phases, ownerInWords)
  return read.map(({ phase, found }) => ({ phase, process: found }))
}
