import { epochLine } from '../../../shared/epoch-line.ts'
import { exitAt } from '../../../shared/exit-id.ts'
import { plural } from '../../../shared/format/numbers.ts'
import type { PhaseDefinition } from '../../../shared/phase.ts'
import type { PhaseStart, TrainerEvent } from '../../../shared/trainer-messages.ts'
import { weightsSentence } from '../../../shared/weights-sentence.ts'
import type { LogLine } from '../../../shared/runs.ts'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'
import type { EventLog } from '../event-log.ts'

/** Minimum interval between stored samples of throughput and memory. */
const sampleMilliseconds = 10_000

export interface RecorderOptions {
  store: Store
  events: EventLog
  now: () => number
}

/** Turns what happens into rows of the store and events for its followers, in that order. */
export interface Recorder {
  now(): number
  /** Tells followers how these runs are now. */
  runs(ids: readonly string[]): void
  /** As `runs`, for every run that has this phase. */
  runsOf(phaseId: string): void
  log(line: Omit<LogLine, 'id' | 'at'>): void
  /** Records the trainer's events of a phase that is trained for a run. */
  trainer(event: TrainerEvent, about: { run: string; phase: PhaseRow }): void
}

export function createRecorder({ store, events, now }: RecorderOptions): Recorder {
  const lastSample = new Map<string, number>()
  const secondsPerEpoch = new Map<string, number>()
  /** Of the phases that a run has still before it, at most; null while the pace of one is not known. */
  const secondsAfter = new Map<string, number | null>()

  const runs = (ids: readonly string[]) => {
    for (const run of store.summaries.of(ids)) events.publish({ type: 'run', run })
  }
  const runsOf = (phaseId: string) => runs(store.runs.ofPhase(phaseId).map(({ id }) => id))
  const log: Recorder['log'] = (line) => {
    events.publish({ type: 'log', line: store.logLines.add({ ...line, at: now() }) })
  }

  function started({ epoch, step, threads, batchesPerEpoch, start }: Event<'started'>, { run, phase }: About): void {
    store.transaction(() => {
      store.phases.setStarted(phase.id, { at: now(), batchesPerEpoch })
      store.phases.setEpochs(phase.id, epoch)
      store.epochs.removeAfter(phase.id, epoch)
      store.dominance.removeAfter(phase.id, epoch)
    })
    secondsAfter.set(run, secondsAfterPhase(store, run, phase))
    const message = step === 0 ? 'begins' : `resumes after epoch ${epoch}, step ${step}`
    log({
      level: 'info',
      run,
      phase: phase.id,
      message: `Phase “${phase.definition.phase.name}” ${message}, with ${plural(threads, 'thread')}${startSentence(start, phase.definition)}.`,
    })
    runsOf(phase.id)
  }

  function epochDone({ type: _, metrics, dominance, ...record }: Event<'epoch'>, { run, phase }: About): void {
    store.transaction(() => {
      store.epochs.put(phase.id, record, metrics)
      if (dominance) store.dominance.put(phase.id, dominance)
      store.phases.setEpochs(phase.id, record.epoch)
    })
    secondsPerEpoch.set(phase.id, record.seconds)
    const heads = phase.definition.network.exits.length
    const named = metrics.map((metric) => ({ ...metric, epoch: record.epoch, exit: exitAt(metric.exit, heads) }))
    events.publish({ type: 'epoch', run, phase: phase.id, record, metrics: named, dominance })
    const { network, training } = phase.definition
    const message = epochLine({ record, metrics: named, maxEpochs: training.epochs, task: network.task })
    log({ level: 'info', run: null, phase: phase.id, message })
  }

  function progressed(event: Event<'progress'>, { run, phase }: About): void {
    const { batch, batchesPerEpoch, imagesPerEpoch, imagesPerSecond, losses, residentBytes } = event
    const { epochs: maxEpochs } = phase.definition.training
    const epoch = event.epoch - 1
    if (now() - (lastSample.get(phase.id) ?? 0) >= sampleMilliseconds) {
      lastSample.set(phase.id, now())
      store.stepSamples.put(phase.id, { at: now(), epoch: event.epoch, batch, imagesPerSecond, residentBytes })
    }
    const atThisPace = imagesPerSecond > 0 ? imagesPerEpoch / imagesPerSecond : 0
    const perEpoch = secondsPerEpoch.get(phase.id) ?? atThisPace
    const secondsLeftAtMost = perEpoch * (maxEpochs - epoch - batch / batchesPerEpoch)
    const after = secondsAfter.get(run) ?? null
    events.publish({
      type: 'progress',
      progress: {
        run,
        phase: phase.id,
        epoch,
        maxEpochs,
        batch,
        batchesPerEpoch,
        imagesPerSecond,
        losses,
        secondsLeftAtMost,
        runSecondsLeftAtMost: after === null ? null : secondsLeftAtMost + after,
      },
    })
  }

  return {
    now,
    runs,
    runsOf,
    log,
    trainer(event, about) {
      if (event.type === 'started') started(event, about)
      else if (event.type === 'epoch') epochDone(event, about)
      else if (event.type === 'progress') progressed(event, about)
      else if (event.type === 'log') {
        log({ level: event.level, run: about.run, phase: about.phase.id, message: event.message })
      }
    },
  }
}

/** Upper estimate of the time of the run's later phases; null if the speed of one of them is unknown. */
function secondsAfterPhase(store: Store, run: string, { id }: PhaseRow): number | null {
  const chain = store.phases.chain(run)
  const open = chain.slice(chain.findIndex((each) => each.id === id) + 1).filter(({ status }) => status !== 'done')
  return open.reduce<number | null>((sum, phase) => {
    const pace = store.epochs.pace({ phase: phase.id, run })
    return sum === null || pace === null ? null : sum + pace * (phase.definition.training.epochs - phase.epochs)
  }, 0)
}

type Event<Type extends TrainerEvent['type']> = Extract<TrainerEvent, { type: Type }>

interface About {
  run: string
  phase: PhaseRow
}

/** `; 36 arrays are those of the phase before it, 8 are initialised`; of a file what is taken, by name. */
function startSentence(start: PhaseStart | null, { initial }: PhaseDefinition): string {
  if (start === null) return ''
  if (initial.kind === 'weights') return `; it starts from ${initial.source}: ${weightsSentence(start)}`
  const { taken, fresh, leftOver } = start
  const rest = leftOver.length === 0 ? '' : `, ${leftOver.length} arrays of that phase are not used`
  return `; ${taken.length} arrays come from the previous phase, ${fresh.length} are initialised${rest}`
}
