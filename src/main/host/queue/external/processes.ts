import PQueue from 'p-queue'
import type { PhaseProcess } from '../../../../shared/phase-processes.ts'
import { phaseFolder } from '../../../depot/depot.ts'
import { ownerInWords } from '../../../depot/owner.ts'

/** Files of a network file system that are read at once. */
const readsAtOnce = 32

/** Who works on phases, as their folders in the depot say. */
export function phaseProcesses(phases: readonly string[], depot: string | null): Promise<PhaseProcess[]> {
  const reads = new PQueue({ concurrency: readsAtOnce })
  return reads.addAll(
    phases.map((phase) => async () => {
      const process = depot === null ? null : await ownerInWords(phaseFolder(depot, phase))
      return { phase, process }
    }),
  )
}
