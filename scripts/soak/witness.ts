import type { TrainerJob } from '../../src/contract/experiment/trainer-jobs.ts'
import type { TrainerEvent } from '../../src/shared/phases/trainer-events.ts'
import type { HostMessage } from './messages.ts'

/** What the processes were at when one of them was killed. */
export const moments = [
  'host start-up',
  'trainer start-up',
  'reading of images',
  'phase start-up',
  'epoch',
  'checkpoint',
  'evaluation',
  'analysis',
  'between jobs',
  'ending in good order',
] as const
export type Moment = (typeof moments)[number]

/** What is known to be kept of the work, whatever is killed from then on. */
export interface Kept {
  /** Steps of each phase up to its last checkpoint; null once it is done. */
  steps: Record<string, number | null>
  /** Parts of each analysis, by its folder. */
  parts: Record<string, number>
  /** The furthest step of each phase that was told of, kept or not. */
  reached: Record<string, number>
  /** Steps that were done again, from the last checkpoint before a kill. */
  stepsRepeated: number
}

export function nothingKept(): Kept {
  return { steps: {}, parts: {}, reached: {}, stepsRepeated: 0 }
}

/** Follows a host and its trainers, and finds work that is done twice although it was kept. */
export interface Witness {
  hear(message: HostMessage): void
  moment(): Exclude<Moment, 'checkpoint' | 'ending in good order'>
  trainers(): number[]
  /** Whether nothing is left that could be killed. */
  workedThrough(): boolean
}

interface Trainer {
  ready: boolean
  job: TrainerJob | null
  started: boolean
}

/** `problem` is called for each fault that shows while the work goes on. */
export function createWitness(kept: Kept, problem: (text: string) => void): Witness {
  let open = false
  let workedThrough = false
  const trainers = new Map<number, Trainer>()
  /** The first that is told of a trainer is its job. */
  const trainer = (pid: number) => {
    const known = trainers.get(pid) ?? { ready: false, job: null, started: false }
    trainers.set(pid, known)
    return known
  }
  const working = () => [...trainers.values()].find(({ job }) => job !== null)

  return {
    trainers: () => [...trainers.keys()],
    workedThrough: () => workedThrough,
    moment() {
      if (!open) return 'host start-up'
      const busy = working()
      if (busy === undefined) return 'between jobs'
      return busy.ready || busy.job!.kind === 'describe' ? momentOf(busy) : 'trainer start-up'
    },
    hear(message) {
      if (message.type === 'open') open = true
      else if (message.type === 'worked-through') workedThrough = true
      else if (message.type === 'trainer-ended') trainers.delete(message.pid)
      else if (message.type === 'job') Object.assign(trainer(message.pid), { job: message.job, started: false })
      else if (message.type === 'heard') heard(trainer(message.pid), message.event)
    },
  }

  function heard(trainer: Trainer, event: TrainerEvent): void {
    const { job } = trainer
    if (event.type === 'ready') trainer.ready = true
    else if (event.type === 'started') trainer.started = true
    else if (event.type === 'log') problem(`a trainer tells: ${event.message}`)
    else if (event.type === 'failed') problem(`a job failed: ${event.message}`)
    if (job?.kind === 'train') keepTraining(job.phaseId, event)
    if (job?.kind === 'analyse') keepParts(job.folder, event)
    if (isEnd(event)) trainer.job = null
  }

  function keepTraining(phase: string, event: TrainerEvent): void {
    if (event.type === 'started') goOn(phase, event.step)
    else if (event.type === 'checkpoint') reach(phase, (kept.steps[phase] = event.step))
    else if (event.type === 'trained') kept.steps[phase] = null
    else if (event.type === 'progress') reach(phase, (event.epoch - 1) * event.batchesPerEpoch + event.batch)
  }

  function goOn(phase: string, step: number): void {
    const before = kept.steps[phase]
    if (before === null) problem(`phase ${phase} was done and is trained again`)
    else if (step < (before ?? 0)) {
      problem(`phase ${phase} goes on at step ${step}, but its steps up to ${before} were kept`)
    }
    kept.stepsRepeated += Math.max(0, (kept.reached[phase] ?? 0) - step)
    kept.reached[phase] = step
  }

  function reach(phase: string, step: number): void {
    kept.reached[phase] = Math.max(kept.reached[phase] ?? 0, step)
  }

  function keepParts(folder: string, event: TrainerEvent): void {
    if (event.type !== 'analysing') return
    const before = kept.parts[folder] ?? 0
    if (event.done < before) problem(`${folder} goes on from part ${event.done}, but ${before} parts were kept`)
    kept.parts[folder] = event.done
  }
}

function momentOf({ job, started }: Trainer) {
  if (job!.kind === 'train') return started ? 'epoch' : 'phase start-up'
  if (job!.kind === 'evaluate') return 'evaluation'
  return job!.kind === 'analyse' ? 'analysis' : 'reading of images'
}

const ends: ReadonlySet<TrainerEvent['type']> = new Set([
  ...(['trained', 'paused', 'evaluated', 'described', 'calibrated', 'analysed', 'failed'] as const),
])

function isEnd({ type }: TrainerEvent): boolean {
  return ends.has(type)
}
