import type { Caveat } from '../../../../shared/evaluation/caveat.ts'
import { emptyClassesOfRuns, type EmptyClassesCaveat } from '../../../../shared/evaluation/empty-classes.ts'
import { withoutCosts, withoutCostsSentence, type ImportedResult } from '../../../../shared/runs/imported.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import { splitReferences } from '../../runs/import-references.ts'
import { countProcessors, processorCaveat } from '../../runs/processors.ts'
import { resolveRuns } from '../../runs/references.ts'
import { refusedNetworks } from '../../runs/refused-networks.ts'
import type { EvaluationSources } from './evaluation-reader.ts'

export type CaveatSources = EvaluationSources & Parameters<typeof refusedNetworks>[0]

/** What limits the values of runs and imported results beside one another; of none named, of all finished runs. */
export async function comparisonCaveats(services: CaveatSources, references: readonly string[]): Promise<Caveat[]> {
  const { store } = services
  const { runs, imports } = splitReferences(store, references)
  const named = references.length === 0 ? store.runs.withStatus('done') : resolveRuns(store, runs)
  const done = named.filter(({ status }) => status === 'done')
  return [
    ...(await differentProcessors(store, done)),
    ...emptyClassesAmong(services, done),
    ...(await refusedNetworks(services, named)),
    ...importsWithoutCosts(imports),
  ]
}

/** Classes without samples in the data of finished runs. */
export const emptyClassesAmong = (
  { store, evaluations }: EvaluationSources,
  done: readonly RunRow[],
): EmptyClassesCaveat[] =>
  emptyClassesOfRuns(
    done.map((run) => ({
      experiment: store.experiments.nameOf(run.experimentId),
      emptyClasses: evaluations.rowOf(run)?.metrics.emptyClasses,
    })),
  )

async function differentProcessors({ workspace, phases }: Store, done: readonly RunRow[]): Promise<Caveat[]> {
  const counts = await countProcessors(
    workspace,
    done.map(({ id }) => phases.chain(id).at(-1)!.id),
  )
  const sentence = processorCaveat(counts, { noun: 'run' })
  const processors = [...counts].map(([name, runs]) => ({ name, runs }))
  return sentence === null ? [] : [{ kind: 'processors', sentence, processors }]
}

function importsWithoutCosts(all: readonly ImportedResult[]): Caveat[] {
  const imports = withoutCosts(all)
  return imports.length === 0
    ? []
    : [{ kind: 'imports-without-costs', sentence: withoutCostsSentence(imports), imports }]
}
