import type { Progress } from '../../../../shared/phases/events.ts'
import type { RunDetail } from '../../../../contract/run-detail.ts'
import { count, plural } from '../../../../shared/format/numbers.ts'
import { duration } from '../../../../shared/format/times.ts'
import { trainedElsewhere } from '../../../stores/shared-phases.ts'
import { patienceOf } from '../../domain/phase-setting.ts'
import { phaseState } from '../../domain/run-phase.ts'

export interface ShownRun {
  run: RunDetail
  /** Progress of its training; null while it does not train. */
  progress: Progress | null
  /** Epochs since an exit improved in the running phase; null before its first epoch. */
  withoutImprovement: number | null
  /** Number of queued runs before it. */
  ahead: number
}

/** Facts about a run for the line beside its name. */
export function runFacts(shown: ShownRun): string[] {
  const { run } = shown
  const state = phaseState(run, shown.progress ?? undefined)
  const phase = state && (state.of === 1 ? state.phase.name : `phase ${state.number}/${state.of} ${state.phase.name}`)
  return [
    `seed ${run.seed}`,
    ...(run.status === 'done' ? doneFacts(run) : [phase ?? '', ...underWayFacts(shown)]),
  ].filter((fact) => fact !== '')
}

function doneFacts({ phases, file }: RunDetail): string[] {
  const seconds = phases.reduce((sum, phase) => sum + phase.seconds, 0)
  const epochs = phases.reduce((sum, phase) => sum + phase.epochs, 0)
  return [
    plural(phases.length, 'phase'),
    plural(epochs, 'epoch'),
    `${duration(seconds)} of training`,
    ...formatFact(file),
  ]
}

/** Empty if it is the default. */
function formatFact({ training: { precision, algorithms } }: RunDetail['file']): string[] {
  return [
    ...(precision === 'float32' ? [] : [`trained in ${precision}`]),
    ...(algorithms === 'fast' ? ['trained with fast algorithms'] : []),
  ]
}

function underWayFacts({ run, progress, withoutImprovement, ahead }: ShownRun): string[] {
  const position = phaseState(run)!.number - 1
  const phase = run.phases[position]!
  const elsewhere = trainedElsewhere(run)
  const trains = run.status === 'running' || elsewhere !== null
  const facts = [...(phase.epochs > 0 || trains ? [epochFact(phase, trains)] : []), ...formatFact(run.file)]
  const patience = patienceOf(run.file, phase)
  if (withoutImprovement !== null && withoutImprovement > 0 && patience !== null)
    facts.push(`no exit improved for ${withoutImprovement} of ${patience} epochs`)
  if (elsewhere) facts.push(`phase trained for run ${elsewhere.trainer.name}`)
  else if (run.status === 'queued') facts.push(ahead === 0 ? 'next in the queue' : `${plural(ahead, 'run')} ahead`)
  if (progress) facts.push(timeLeft(run, progress))
  return facts
}

function epochFact({ epochs, maxEpochs }: { epochs: number; maxEpochs: number }, running: boolean): string {
  return `epoch ${count(running ? Math.min(epochs + 1, maxEpochs) : epochs)} of ${count(maxEpochs)}`
}

function timeLeft(run: RunDetail, { runSecondsLeftAtMost, secondsLeftAtMost }: Progress): string {
  if (runSecondsLeftAtMost !== null) return `≤ ${duration(runSecondsLeftAtMost)} left`
  return `≤ ${duration(secondsLeftAtMost)} left in phase ${phaseState(run)!.number}`
}
