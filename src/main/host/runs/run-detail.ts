import { join } from 'node:path'
import { type ExperimentFile, fileOfSeries } from '../../../contract/experiment/experiment.ts'
import { ownSettings } from '../../../contract/experiment/own-settings.ts'
import { exitAt, type ExitId } from '../../../shared/evaluation/exit-id.ts'
import type { PhaseDetail, RunPhase } from '../../../shared/runs/runs.ts'
import { primaryMetric } from '../../../shared/methods/task.ts'
import type { RunDetail } from '../../../contract/run-detail.ts'
import { parentOf } from '../../../contract/experiment/phase-definition.ts'
import { outlineOf } from '../../../engine/networks/families.ts'
import { recordedResources } from '../../../files/recorded-resources.ts'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'
import type { RunRow } from '../../store/runs.ts'
import { checkpointFolder } from '../../store/workspace.ts'
import { latenciesOf } from './latency-key.ts'
import { extensionsOf, unknownMethodsOf } from './unknown-methods.ts'

/** Everything about one run. Paths are absolute. */
export function runDetail(store: Store, run: RunRow): RunDetail {
  const experiment = store.experiments.get(run.experimentId)!
  const series = store.series.get(run.seriesId)
  const chain = store.phases.chain(run.id)
  const evaluation = store.evaluations.get(chain.at(-1)!.id)
  const [summary] = store.summaries.of([run.id])
  const file = fileOfSeries(experiment.file, series.settings)
  const unknownMethods = unknownMethodsOf(store, run)
  const extensions = extensionsOf(store, run)
  const isKnown = !unknownMethods.some(({ kind }) => kind === 'family')
  const [latency] = isKnown ? latenciesOf(store, series.network) : []
  return {
    ...summary!,
    scores: summary!.scores && {
      ...summary!.scores,
      test: evaluation!.metrics.test[primaryMetric(summary!).name] as number[],
    },
    phases: chain.map((phase, position) => ({
      ...phaseDetail(store, phase),
      ...settingsOf(phase, file),
      ...summary!.phases[position]!,
    })),
    file,
    source: experiment.source,
    dataPath: experiment.dataPath,
    weightsPath: weightsPathOf(chain[0]!),
    network: series.network,
    outline: isKnown ? outlineOf(series.network) : null,
    costs: series.costs,
    ...(latency && { latency }),
    ...(extensions.length > 0 && { extensions }),
    unknownMethods,
    evaluation: evaluation && { ...absolute(store, evaluation), metrics: evaluation.metrics },
  }
}

/** Those of its own; none where it has the settings of the experiment. */
function settingsOf(
  { definition: { training, data, phase } }: PhaseRow,
  file: ExperimentFile,
): Pick<PhaseDetail, 'settings'> {
  const settings = ownSettings(file, { training, data, learningRates: phase.learningRates })
  return Object.keys(settings).length === 0 ? {} : { settings }
}

function weightsPathOf({ definition: { initial } }: PhaseRow): string | null {
  return initial.kind === 'weights' ? initial.source : null
}

function phaseDetail(store: Store, phase: PhaseRow): Omit<PhaseDetail, keyof RunPhase> {
  const { id, ended, keptEpoch, error, startedAt, finishedAt, definition } = phase
  const runs = store.runs.ofPhase(id).filter(({ deletedAt }) => deletedAt === null)
  return {
    ended,
    keptEpoch,
    error,
    startedAt,
    finishedAt,
    runs: runs.map((run) => run.id),
    parent: parentOf(definition),
    trains: definition.phase.trains,
    ...(definition.phase.objective && { objective: definition.phase.objective }),
    exits: exitsOf(phase),
    seconds: store.epochs.seconds(id),
    threads: recordedResources(checkpointFolder(store.workspace, id))?.threads ?? null,
    checkpoint: phase.checkpoint && absolute(store, phase.checkpoint),
  }
}

function exitsOf({ definition: { network, phase } }: PhaseRow): ExitId[] {
  const exits = phase.lossCycle[0]!.map((_, exit) => exit)
  const weighted = exits.filter((exit) => phase.lossCycle.some((weights) => weights[exit]! > 0))
  return weighted.map((exit) => exitAt(exit, network.exits.length))
}

function absolute(store: Store, { file, sha256 }: { file: string; sha256: string }): { file: string; sha256: string } {
  return { file: join(store.workspace.folder, file), sha256 }
}
