import { analyses } from '../../../analyses/index.ts'
import type { AnalysisQuestion } from '../../../shared/contract/analyses.ts'
import { ExitlabError } from '../../../shared/error.ts'
import { taskInfoOf } from '../../../shared/task.ts'
import { regimeNames } from '../../../shared/regime-names.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import { resolveInTurn } from '../runs/references.ts'
import { analysisId } from './identity.ts'
import { refuseUnlike } from './check-compatible.ts'
import { resolveParameters } from './parameters.ts'
import { trainedPhase, type TrainedRun } from './trained-phase.ts'

/** One analysis that a question is about. */
export interface Asked {
  id: string
  kind: string
  /** Resolved. */
  parameters: Record<string, unknown>
  runs: readonly TrainedRun[]
}

/**
 * What a question comes to: an analysis of each run, or of each pair of them, in the order in which they were named (of a pair, see `inOrder`).
 * @throws ExitlabError that says what to do, where one of them cannot be had.
 */
export function analysesAsked(
  store: Store,
  question: AnalysisQuestion,
): { parameters: Record<string, unknown>; asked: Asked[] } {
  const { kind } = question
  const parameters = resolveParameters(kind, question.parameters ?? {})
  const runs = resolveInTurn(store, question.runs).map((run) => trained(store, run))
  runs.forEach((run) => refuseTask(kind, run))
  const groups = analyses.get(kind).info.runs === 2 ? pairs(kind, runs) : runs.map((run) => [run])
  return { parameters, asked: groups.map((group) => ({ ...identified(kind, parameters, group), runs: group })) }
}

/** @throws ExitlabError `usage` where an analysis of classes is asked for of a regression. */
function refuseTask(kind: string, { run, phase }: TrainedRun): void {
  const { title, ofClasses } = analyses.get(kind).info
  const { task } = phase.definition.network
  if (!ofClasses || task === undefined) return
  throw new ExitlabError(
    'usage',
    `${title} is of classification: it reads classes, or losses in nats, and ${run.name} is a ${taskInfoOf({ task }).title.toLowerCase()}.`,
  )
}

function identified(kind: string, parameters: Record<string, unknown>, runs: readonly TrainedRun[]) {
  return { id: analysisId({ kind, parameters, phases: runs.map(({ phase }) => phase) }), kind, parameters }
}

function trained(store: Store, run: RunRow): TrainedRun {
  const phase = trainedPhase(store, run.id)
  if (phase !== null) return { run, phase }
  const comes = run.status === 'queued' || run.status === 'running'
  const remedy = comes ? 'Ask again once it is done.' : 'Resume it, and ask again once it is done.'
  throw new ExitlabError(
    'conflict',
    `${run.name} is ${run.status}: its last phase is not trained to its end, so there are no weights to look at. ${remedy}`,
    comes ? {} : { command: ['resume', run.id] },
  )
}

/** Each pair once. Which run of it comes first does not follow from how the question was put: whoever asks finds the same answer. */
function pairs(kind: string, runs: readonly TrainedRun[]): TrainedRun[][] {
  const { title } = analyses.get(kind).info
  if (runs.length < 2) {
    throw new ExitlabError(
      'usage',
      `${title} looks at pairs of runs, and only ${runs[0]!.run.name} was named. Name another one with it, or an experiment.`,
    )
  }
  const [reference, ...others] = runs
  for (const other of others) refuseUnlike(title, reference!, other)
  return runs.flatMap((first, index) => runs.slice(index + 1).map((second) => inOrder(first, second)))
}

/** By regime, as regimes are always listed, then by seed. */
function inOrder(...pair: [TrainedRun, TrainedRun]): TrainedRun[] {
  const place = ({ run }: TrainedRun) => regimeNames.indexOf(run.regime)
  return pair.sort((a, b) => place(a) - place(b) || a.run.seed - b.run.seed || a.phase.id.localeCompare(b.phase.id))
}
