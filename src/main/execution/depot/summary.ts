import { phaseFolder, phaseIds } from './depot.ts'
import { progressOf, readContent, type PhaseProgress } from './phase-content.ts'

/** Number of phases by how far they are. */
type DepotSummary = Record<PhaseProgress, number>

export async function depotSummary(depot: string): Promise<DepotSummary> {
  const summary: DepotSummary = { evaluated: 0, trained: 0, begun: 0, waiting: 0 }
  for (const id of await phaseIds(depot)) summary[progressOf(readContent(phaseFolder(depot, id)))]++
  return summary
}
