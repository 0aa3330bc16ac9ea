import { analyses } from '../../../readings/analyses/index.ts'
import type { AnalysisQuestion } from '../../../contract/analyses.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { taskInfoOf } from '../../../shared/methods/task.ts'
import { regimePlace } from '../../../shared/methods/regime-names.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import { resolveInTurn } from '../runs/references.ts'
import { refuseClosedTest } from './closed-test.ts'
import { requireCompatible } from './compatible-runs.ts'
import { analysisId } from './identity.ts'
import { resolveParameters } from './parameters.ts'
import { trainedPhase, type TrainedRun } from './trained-phase.ts'

export interface RequestedAnalysis {
  id: string
  kind: string
  /** Resolved. */
  parameters: Record<string, unknown>
  runs: readonly TrainedRun[]
}

/**
 * The analyses of a request: one of each run, or of each pair of them, in the order of the references (of a pair, see `inOrder`).
 * @throws ExitlabError where one of them is impossible.
 */
export function requestedAnalyses(
  store: Store,
  question: AnalysisQuestion,
): { parameters: Record<string, unknown>; requested: RequestedAnalysis[] } {
  const { kind } = question
  const parameters = resolveParameters(kind, question.parameters ?? {})
  const runs = resolveInTurn(store, question.runs).map((run) => trained(store, run))
  runs.forEach((run) => refuseTask(kind, run))
  runs.forEach((run) => refuseWithoutExits(kind, run))
  refuseClosedTest(
    store,
    { kind, parameters },
    runs.map(({ run }) => run),
  )
  const groups = analyses.get(kind).info.runs === 2 ? pairs(kind, runs) : runs.map((run) => [run])
  return { parameters, requested: groups.map((group) => ({ ...identified(kind, parameters, group), runs: group })) }
}

/** @throws ExitlabError `usage` if an analysis of classes is requested for a regression. */
function refuseTask(kind: string, { run, phase }: TrainedRun): void {
  const { title, ofClasses } = analyses.get(kind).info
  const { task } = phase.definition.network
  if (!ofClasses || task === undefined) return
  throw new ExitlabError(
    'usage',
    `${title} is of classification: it reads classes, or losses in nats, and ${run.name} is a ${taskInfoOf({ task }).title.toLowerCase()}.`,
  )
}

/** @throws ExitlabError `usage` if exits are to be compared in a run whose last phase trained none. */
function refuseWithoutExits(kind: string, { run, phase }: TrainedRun): void {
  const { title, ofExits } = analyses.get(kind).info
  if (!ofExits || phase.definition.phase.network !== 'backbone') return
  throw new ExitlabError(
    'usage',
    `${title} compares exits, and ${run.name} is a network without any, trained by ${run.regime}. Leave it out.`,
  )
}

function identified(kind: string, parameters: Record<string, unknown>, runs: readonly TrainedRun[]) {
  return { id: analysisId({ kind, parameters, phases: runs.map(({ phase }) => phase) }), kind, parameters }
}

function trained(store: Store, run: RunRow): TrainedRun {
  const phase = trainedPhase(store, run.id)
  if (phase !== null) return { run, phase }
  const comes = run.status === 'queued' || run.status === 'running'
  const remedy = comes ? 'Try again when it is done.' : 'Resume it, then try again when it is done.'
  throw new ExitlabError(
    'conflict',
    `${run.name} is ${run.status}: its last phase is not finished, so it has no final weights. ${remedy}`,
    comes ? {} : { command: ['resume', run.id] },
  )
}

/** Each pair once, in an order independent of the request, so that equal requests find the same analysis. */
function pairs(kind: string, runs: readonly TrainedRun[]): TrainedRun[][] {
  const { title } = analyses.get(kind).info
  if (runs.length < 2) {
    throw new ExitlabError(
      'usage',
      `${title} needs two runs, got only ${runs[0]!.run.name}. Give a second run, or an experiment.`,
    )
  }
  const [reference, ...others] = runs
  for (const other of others) requireCompatible(title, reference!, other)
  return runs.flatMap((first, index) => runs.slice(index + 1).map((second) => inOrder(first, second)))
}

/** By regime, as regimes are always listed, then by seed and series: the same two series are in the same order with every seed. */
function inOrder(...pair: [TrainedRun, TrainedRun]): TrainedRun[] {
  const place = ({ run }: TrainedRun) => regimePlace(run.regime)
  return pair.sort(
    (a, b) =>
      place(a) - place(b) ||
      a.run.seed - b.run.seed ||
      a.run.seriesId - b.run.seriesId ||
      a.phase.id.localeCompare(b.phase.id),
  )
}
