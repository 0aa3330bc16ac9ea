import { ExitlabError } from '../../../shared/error.ts'
import { exitIndex, type ExitId } from '../../../shared/exit-id.ts'

/** @throws ExitlabError `usage` where the network does not have the exit. */
export function indexOf(exit: ExitId, exitCount: number): number {
  const index = exitIndex(exit, exitCount - 1)
  if (index !== null) return index
  throw new ExitlabError('usage', `There is no exit ${exit}: expected 0 to ${exitCount - 2}, or "final".`)
}
