import { distinctBy } from '../../../shared/basics/distinct.ts'
import type { PaperExperiment, PaperItem, PaperScale, PaperStatus, PaperState } from '../../../shared/paper/paper.ts'
import type { AnalysisStatus } from '../../../shared/evaluation/analysis.ts'
import type { PaperServices } from './services.ts'
import { estimatePaper, type PaperEstimate } from './estimate.ts'
import { fileStates, type PaperFileState, type PaperQuestion, statesOf } from './file-states.ts'
import type { PaperRun } from './found-experiment.ts'
import { chosenItems, filesNeeded, filesRead, idOf, matrix } from './matrix.ts'
import type { MatrixItem } from './matrix-schema.ts'
import { neededAnalyses } from './needed-analyses.ts'
import { settingsOf } from './own-settings.ts'
import { phasesOf, type PaperPhase } from './phases.ts'

/** State of tables, figures and experiments. Looks at data sets only where time is to be estimated. */
export async function paperStatus(
  services: PaperServices,
  { estimate: wanted, ...question }: PaperQuestion & { estimate: boolean },
): Promise<PaperStatus> {
  const { scale } = question
  const states = await fileStates(services, question)
  const estimate = wanted ? await estimatePaper(services, [...states.values()]) : null
  const phases = await phasesOf(services.store, [...states.values()])
  const experiments = [...states.values()].map((state) =>
    experimentOf(services, state, { scale, phases: phases.get(state.file)!, estimate }),
  )
  const distinct = distinctBy([...phases.values()].flat(), ({ id }) => id)
  return {
    scale,
    items: chosenItems(question.items).map((item) => itemOf(services, item, { scale, states })),
    experiments,
    total: {
      runs: countOf([...states.values()].flatMap(({ runs }) => statusesOf(runs))),
      phases: countPhases(distinct),
      remainingSeconds: estimate?.seconds ?? null,
      bytes: estimate?.bytes ?? null,
    },
  }
}

const statusesOf = (runs: readonly PaperRun[]) => runs.map(({ status }) => status)

const countPhases = (phases: readonly PaperPhase[]) => ({
  all: phases.length,
  done: phases.filter(({ done }) => done).length,
})

interface About {
  scale: PaperScale
  phases: readonly PaperPhase[]
  estimate: PaperEstimate | null
}

function experimentOf(
  { store }: PaperServices,
  { file, experiment, id, runs, problem }: PaperFileState,
  { scale, phases, estimate }: About,
): PaperExperiment {
  const estimated = estimate?.experiments.get(file)
  const counts = Map.groupBy(runs, ({ status }) => status)
  return {
    file,
    name: experiment.file.name,
    id,
    state: stateOf(statusesOf(runs)),
    items: matrix.filter((item) => filesNeeded(item, scale).includes(file)).map(idOf),
    runs: Object.fromEntries([...counts].map(([status, { length }]) => [status, length])),
    phases: countPhases(phases),
    remainingSeconds: estimated?.seconds ?? null,
    trainedSeconds: phases.reduce((sum, phase) => sum + (phase.done ? store.epochs.seconds(phase.id) : 0), 0),
    bytes: estimated?.bytes ?? null,
    problem: problem ?? estimated?.problem ?? null,
  }
}

function itemOf(
  services: PaperServices,
  item: MatrixItem,
  { scale, states }: { scale: PaperScale; states: ReadonlyMap<string, PaperFileState> },
): PaperItem {
  const { kind, number, title, note } = item
  const read = new Set(filesRead(item, scale))
  const needed = filesNeeded(item, scale)
  const statuses = needed.flatMap((file) =>
    // Of an experiment whose weights others start from, every run is needed.
    statusesOf(states.get(file)!.runs.filter(({ regime }) => !read.has(file) || item.regimes.includes(regime))),
  )
  const runs = statesOf(item, scale, states).flatMap((state) => state.runs)
  const analyses = item.kind === 'figure' ? neededAnalyses(services, item, { scale, runs }) : null
  return {
    id: idOf(item),
    kind,
    number,
    title,
    ownSetting: scale === 'paper' ? null : settingsOf(needed.map((file) => states.get(file)!)),
    note,
    experiments: needed,
    rule: ruleOf(item),
    state: stateOf([...statuses, ...(analyses?.statuses ?? [])]),
    runs: countOf(statuses),
    analyses: analyses && { kind: analyses.kind, ...countOf(analyses.statuses) },
  }
}

/** The rule of all parts of a table; null where they have the default, or several. */
function ruleOf(item: MatrixItem): string | null {
  if (item.kind === 'figure') return item.drawing.of === 'cost-curve' ? item.drawing.rule : null
  const rules = new Set(item.parts.map(({ rule }) => rule))
  return rules.size === 1 ? [...rules][0]! : null
}

type Status = PaperRun['status'] | AnalysisStatus

/** State of everything with these states. */
function stateOf(statuses: readonly Status[]): PaperState {
  if (statuses.length > 0 && statuses.every((status) => status === 'done')) return 'done'
  if (statuses.some((status) => status === 'queued' || status === 'running')) return 'active'
  return statuses.includes('done') ? 'partial' : 'missing'
}

function countOf(statuses: readonly Status[]): { all: number; done: number } {
  return { all: statuses.length, done: statuses.filter((status) => status === 'done').length }
}
