import type { PhaseTraining } from '../../../../readings/given.ts'
import { canonicalJson } from '../../../../shared/basics/canonical-json.ts'
import { batchSizeOf } from '../../../../engine/pure.ts'
import type { PhaseRow } from '../../../store/phases.ts'
import { inTurns } from '../../../execution/threads/in-turns.ts'
import { resolveRuns } from '../../runs/references.ts'
import type { ComparisonServices } from '../services.ts'

/** What each phase of each run took to train, by the ids of the runs. */
export async function trainingsOf(
  { store }: Pick<ComparisonServices, 'store'>,
  references: readonly string[],
): Promise<Map<string, PhaseTraining[]>> {
  const { stepCosts } = await import('../../../../engine/plan.ts')
  // Seeds, and series that train the same parts, have equal costs: building a network takes some milliseconds.
  const known = new Map<string, number[]>()
  const costsOf = ({ definition: { network, phase } }: PhaseRow) => {
    const { trains, lossCycle } = phase
    const key = canonicalJson([network, trains, lossCycle])
    const costs = known.get(key) ?? stepCosts(network, phase)
    known.set(key, costs)
    return costs
  }
  const found = new Map<string, PhaseTraining[]>()
  await inTurns(resolveRuns(store, references), async (runs) => {
    for (const { id } of runs) {
      const phases = store.phases.chain(id).map((phase) => {
        const { definition, epochs, batchesPerEpoch } = phase
        const { batchSize } = definition.training
        return {
          id: phase.id,
          name: definition.phase.name,
          epochs,
          seconds: store.epochs.seconds(phase.id),
          steps: batchesPerEpoch === null ? null : epochs * batchesPerEpoch,
          batchSize: batchSizeOf(Infinity, { batchSize, mixing: definition.data.mixing }),
          stepCosts: costsOf(phase),
        }
      })
      found.set(id, phases)
    }
  })
  return found
}
