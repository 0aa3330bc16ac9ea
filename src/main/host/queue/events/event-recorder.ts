import { exitAt } from '../../../../shared/evaluation/exit-id.ts'
import { plural } from '../../../../shared/format/numbers.ts'
import type { PhaseDefinition } from '../../../../contract/experiment/phase-definition.ts'
import { weightsSentence } from '../../../../shared/network/weights-sentence.ts'
import { epochLine } from '../../../../shared/phases/epoch-line.ts'
import type { HostChange } from '../../../../shared/phases/events.ts'
import type { PhaseStart } from '../../../../shared/phases/phase-events.ts'
import type { TrainerEvent, TrainerEventOf } from '../../../../shared/phases/trainer-events.ts'
import type { LogLine } from '../../../../shared/runs/runs.ts'
import { visibleLines } from '../../../../shared/text/visible.ts'
import type { Store } from '../../../store/open.ts'
import { createTimeLeft, type TrainedFor } from '../time-left.ts'
import type { EventLog } from './event-log.ts'

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
  /** Line breaks of the message stay; other characters that steer a terminal, or that nobody sees, become visible. */
  log(line: Omit<LogLine, 'id' | 'at'>): void
  /** Records what a trainer tells of a phase that it trains. */
  trainer(event: TrainerEvent, about: TrainedFor): void
  /** Does what `work` records as one: after a kill all of it is in the store, or none. Followers are told when it is. */
  asOne(work: () => void): void
}

export function createRecorder({ store, events, now }: RecorderOptions): Recorder {
  let held: HostChange[] | null = null
  const lastSample = new Map<string, number>()
  const timeLeft = createTimeLeft(store)
  const publish = (change: HostChange) => (held === null ? events.publish(change) : void held.push(change))
  const runs = (ids: readonly string[]) => {
    for (const run of store.summaries.of(ids)) publish({ type: 'run', run })
  }
  const runsOf = (phaseId: string) => runs(store.runs.ofPhase(phaseId).map(({ id }) => id))
  const log: Recorder['log'] = (line) => {
    const message = visibleLines(line.message).join('\n')
    publish({ type: 'log', line: store.logLines.add({ ...line, message, at: now() }) })
  }
  const asOne: Recorder['asOne'] = (work) => {
    const changes: HostChange[] = (held = [])
    try {
      store.transaction(work)
    } finally {
      held = null
    }
    changes.forEach(events.publish)
  }

  function started(event: TrainerEventOf<'started'>, { run, phase }: TrainedFor): void {
    const { epoch, batchesPerEpoch } = event
    store.transaction(() => {
      store.phases.setStarted(phase.id, { at: now(), batchesPerEpoch })
      store.phases.setEpochs(phase.id, epoch)
      store.epochs.removeAfter(phase.id, epoch)
      store.dominance.removeAfter(phase.id, epoch)
    })
    timeLeft.begin({ run, phase })
    log({ level: 'info', run, phase: phase.id, message: startLine(event, phase.definition) })
    runsOf(phase.id)
  }

  function epochDone(
    { type: _, metrics, dominance, ...record }: TrainerEventOf<'epoch'>,
    { run, phase }: TrainedFor,
  ): void {
    store.transaction(() => {
      store.epochs.put(phase.id, record, metrics)
      if (dominance) store.dominance.put(phase.id, dominance)
      store.phases.setEpochs(phase.id, record.epoch)
    })
    timeLeft.epochTook(phase.id, record.seconds)
    const { network, training } = phase.definition
    const heads = network.exits.length
    const named = metrics.map((metric) => ({ ...metric, epoch: record.epoch, exit: exitAt(metric.exit, heads) }))
    const { epochs: maxEpochs } = training
    publish({ type: 'epoch', run, phase: phase.id, record, maxEpochs, metrics: named, dominance })
    const message = epochLine({ record, metrics: named, maxEpochs, task: network.task })
    log({ level: 'info', run: null, phase: phase.id, message })
  }

  function progressed(event: TrainerEventOf<'progress'>, { run, phase }: TrainedFor): void {
    sample(event, phase.id)
    const { batch, batchesPerEpoch, imagesPerSecond, losses } = event
    publish({
      type: 'progress',
      progress: {
        run,
        phase: phase.id,
        epoch: event.epoch - 1,
        maxEpochs: phase.definition.training.epochs,
        batch,
        batchesPerEpoch,
        imagesPerSecond,
        losses,
        ...timeLeft.atMost({ run, phase }, event),
      },
    })
  }

  function sample({ epoch, batch, imagesPerSecond, residentBytes }: TrainerEventOf<'progress'>, phaseId: string): void {
    if (now() - (lastSample.get(phaseId) ?? 0) < sampleMilliseconds) return
    lastSample.set(phaseId, now())
    store.stepSamples.put(phaseId, { at: now(), epoch, batch, imagesPerSecond, residentBytes })
  }

  const trainer: Recorder['trainer'] = (event, about) => {
    if (event.type === 'started') started(event, about)
    else if (event.type === 'epoch') epochDone(event, about)
    else if (event.type === 'progress') progressed(event, about)
    else if (event.type === 'log') {
      log({ level: event.level, run: about.run, phase: about.phase.id, message: event.message })
    }
  }
  return { now, runs, runsOf, log, trainer, asOne }
}

function startLine({ epoch, step, threads, start }: TrainerEventOf<'started'>, definition: PhaseDefinition): string {
  const message = step === 0 ? 'begins' : `resumes after epoch ${epoch}, step ${step}`
  return `Phase “${definition.phase.name}” ${message}, with ${plural(threads, 'thread')}${startClause(start, definition)}.`
}

/** `; 36 arrays are those of the phase before it, 8 are initialised`; of a file what is taken, by name. */
function startClause(start: PhaseStart | null, { initial }: PhaseDefinition): string {
  if (start === null) return ''
  if (initial.kind === 'weights') return `; it starts from ${initial.source}: ${weightsSentence(start)}`
  const { taken, fresh, leftOver } = start
  const rest = leftOver.length === 0 ? '' : `, ${leftOver.length} arrays of that phase are not used`
  return `; ${taken.length} arrays come from the previous phase, ${fresh.length} are initialised${rest}`
}
