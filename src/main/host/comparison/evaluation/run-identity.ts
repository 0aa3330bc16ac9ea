import type { RunIdentity } from '../../../../engine/pure.ts'
import type { SeriesRow } from '../../../store/series.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import { costSources, type CostsInPlace } from './measured-costs.ts'

/** What comparisons say of a run and of the costs of its exits: multiply-adds, or what was measured in their place. */
export function runIdentity(store: Store, run: RunRow, costs?: CostsInPlace): RunIdentity {
  const { nameOf, testOpenedAt } = store.experiments
  const opened = testOpenedAt(run.experimentId)
  const about = {
    ...identityOf(run, nameOf(run.experimentId), store.series.get(run.seriesId)),
    ...(opened !== null && { testOpenedAt: opened }),
  }
  if (costs === undefined) return about
  const { kind, source } = costs
  const { backbone, exits } = costSources[kind].on(store, run, source)
  return { ...about, [kind]: source, exitCosts: exits, backboneCost: backbone }
}

function identityOf(
  { id, regime, seed }: RunRow,
  experiment: string,
  { name, settings, network, costs }: SeriesRow,
): RunIdentity {
  return {
    id,
    experiment,
    regime,
    series: name,
    ...(Object.keys(settings).length > 0 && { settings }),
    seed,
    ...(network.task && { task: network.task }),
    exitCosts: costs.exits.map(({ macs }) => macs),
    exitBlocks: costs.exits.map(({ block }) => block),
    backboneCost: costs.backboneMacs,
  }
}
