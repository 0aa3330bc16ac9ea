import { hash } from 'node:crypto'
import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { duration } from '../../../shared/format/times.ts'
import { percent } from '../../../shared/format/numbers.ts'
import type { SearchRecord } from '../../../shared/runs/search-record.ts'
import type { SearchRow } from '../../store/searches.ts'
import type { ExperimentInput, ResolvedExperiment } from '../experiments/resolve-experiment.ts'
import type { SearchServices } from './services.ts'
import { resumeSearch } from './control-search.ts'
import { costsOfRung, paceOf } from './costs.ts'
import { refuseFewEpochs, refuseLengths, refuseOneCandidate, refuseOtherFile, refuseOtherRule } from './refusals.ts'
import { rungsOf } from './rungs.ts'

interface SearchInput extends ExperimentInput {
  budget: number
  hours: number
  rule: string | null
}

/** Starts a search, or finds it again and resumes it. @returns its id. */
export async function startSearch(services: SearchServices, input: SearchInput, signal?: AbortSignal): Promise<string> {
  const { file, source, folder, budget, hours, rule } = input
  refuseLengths(file)
  const { resolveTrainable } = await import('../experiments/resolve-experiment.ts')
  const resolved = await resolveTrainable(services, { file, source, folder })
  const { experimentId } = resolved.lineage
  refuseOtherRule(resolved, rule)
  const id = hash('sha256', canonicalJson({ experimentId, budget, rule })).slice(0, 12)
  const { store, events, recorder } = services
  const isKnown = () => store.searches.get(id) !== null
  if (!isKnown()) {
    refuseOtherFile(store, { file, experimentId })
    const record = await newRecord(services, input, resolved)
    // Who asked may have changed their mind while steps were timed.
    signal?.throwIfAborted()
    const asked = { file, source, folder, budget, hours, rule }
    const created = { status: 'running', error: null, createdAt: recorder.now(), finishedAt: null } as const
    // Another client may have started it meanwhile.
    if (!isKnown()) {
      store.searches.put({ id, name: file.name, experimentId, ...asked, ...created, record })
      events.publish({ type: 'search', search: id })
      return id
    }
  }
  await resumeSearch(services, id, hours)
  return id
}

async function newRecord(
  services: SearchServices,
  input: SearchInput,
  resolved: ResolvedExperiment,
): Promise<SearchRecord> {
  const { series, seeds } = resolved.lineage
  const candidates = series.map(({ name, regime, settings, costs }) => {
    const cheapest = costs.exits[0]!.fraction
    const out = cheapest > input.budget ? `its first exit costs ${percent(cheapest)} % of the backbone` : null
    return { name, regime, settings, out }
  })
  refuseOneCandidate(candidates, input)
  const places = candidates.flatMap(({ out }, place) => (out === null ? [place] : []))
  const rungs = rungsOf({ candidates: places.length, seeds: seeds.length, epochs: fewestEpochs(resolved) })
  refuseFewEpochs(rungs)
  const pace = await paceOf(services, resolved)
  const costs = await Promise.all(rungs.map((rung, place) => costsOfRung(services, { ...input, pace, rung, place })))
  const plan = rungs.map((rung, place) => ({
    ...rung,
    epochs: costs[place]!.epochs,
    seconds: (costs[place]!.seconds(places) * rung.candidates) / places.length,
  }))
  refuseFewHours(plan[0]!.seconds, input)
  const task = resolved.variants[0]!.plan.network.task
  return { ...(task && { task }), candidates, pace, plan, factorialSeconds: costs.at(-1)!.seconds(places), rungs: [] }
}

function fewestEpochs({ lineage }: ResolvedExperiment): number {
  const phases = lineage.runsOf(lineage.seeds[0]!).flatMap((run) => run.phases)
  return Math.min(...phases.map(({ definition }) => definition.training.epochs))
}

function refuseFewHours(seconds: number, { hours }: Pick<SearchRow, 'hours'>): void {
  if (seconds <= 3600 * hours) return
  throw new ExitlabError(
    'conflict',
    `The first rung alone takes at most ${duration(seconds)}, by calibration on this machine, which does not fit into ${duration(3600 * hours)}. Give more hours, or sweep fewer values.`,
  )
}
