import { existsSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { DepotPhase } from '../../../contract/experiments.ts'
import { parentOf } from '../../../contract/experiment/phase-definition.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { bringJob } from '../../execution/depot/phase-job.ts'
import { makeDepot, phaseIds, refuseOtherDepot } from '../../execution/depot/depot.ts'
import { parentsFirst } from '../../execution/depot/parents-first.ts'
import { whileOwned } from '../../execution/depot/owner.ts'
import { diskError } from '../../../files/durable-file.ts'
import type { ExperimentServices } from './services.ts'
import { inTurns } from '../../execution/threads/in-turns.ts'
import { seedsPerTurn, type Lineage, type LineagePhase } from './lineage.ts'
import type { ExperimentInput } from './resolve-experiment.ts'

interface AddedPhase extends DepotPhase {
  definition: LineagePhase['definition']
  /** Whether a run ends with it. */
  evaluate: boolean
}

/** Writes the phases of an experiment into a depot, for others to train; nothing is queued. @returns them, parents first. */
export async function addToDepot(
  services: ExperimentServices,
  { depot, ...input }: ExperimentInput & { depot: string },
): Promise<DepotPhase[]> {
  if (!isAbsolute(depot)) throw new ExitlabError('usage', `Expected the absolute path of a depot; got “${depot}”.`)
  refuseOtherDepot(depot)
  // Loads the reader of experiment files and the planning of networks, which looking at runs does without.
  const { resolveExperiment } = await import('./resolve-experiment.ts')
  const { trainers } = services
  const present = new Set(existsSync(depot) ? await phaseIds(depot) : [])
  const surroundings = { datasets: trainers, weights: trainers, isThere: (id: string) => present.has(id) }
  const { lineage, place } = await resolveExperiment(services, input, surroundings)
  makeDepot(depot)
  const phases = parentsFirst(await phasesOf(lineage))
  services.events.publish({ type: 'activity', text: `Writing ${plural(phases.length, 'phase')} into ${depot}` })
  const dominanceBatches = input.file.probes.gradientDominance
  try {
    await asOwner(depot, async () => {
      for (const { id, definition, evaluate } of phases)
        await bringJob(depot, id, { format: 1, definition, ...place, dominanceBatches, evaluate })
    })
  } catch (error) {
    throw diskError(depot, error)
  }
  return phases.map(({ id, parent }) => ({ id, parent }))
}

async function phasesOf({ seeds, runsOf, ...lineage }: Lineage): Promise<AddedPhase[]> {
  const found = new Map<string, AddedPhase>()
  const add = (seed: number) => {
    for (const { phases } of runsOf(seed))
      for (const [index, { id, definition }] of phases.entries()) {
        const evaluate = index === phases.length - 1 || found.get(id)?.evaluate === true
        found.set(id, { id, definition, parent: parentOf(definition), evaluate })
      }
  }
  await inTurns(seeds, (some) => some.forEach(add), seedsPerTurn({ seeds, runsOf, ...lineage }))
  return [...found.values()]
}

const lookMilliseconds = 500
const patienceMilliseconds = 60_000

/** A host that submits jobs, or prepares phases, owns the depot for moments. @throws ExitlabError `conflict` where another process keeps it. */
async function asOwner(depot: string, work: () => Promise<void>): Promise<void> {
  const what = { what: `The depot ${depot}`, job: null }
  for (const end = performance.now() + patienceMilliseconds; !(await whileOwned(depot, what, work));) {
    if (performance.now() > end)
      throw new ExitlabError('conflict', `Another process works on the depot ${depot}. Wait for it, or end it.`)
    await setTimeout(lookMilliseconds)
  }
}
