import { ExitlabError } from '../../../shared/error.ts'
import type { TrainerProcess } from './trainer-process.ts'

/** Trainers that wait for a job: starting one takes a second. */
export interface TrainerPool {
  /** One with so many threads, or as many as the number of runs at once leaves to each. @throws ExitlabError once the pool is closed. */
  take(threads?: number): TrainerProcess
  giveBack(trainer: TrainerProcess): void
  /** Trainers that have been started do what they are at and are not taken again: others are to be started in another way. */
  renew(): void
  /** Ends idle trainers. */
  drain(): Promise<void>
  isClosed(): boolean
  /** Ends all trainers, including busy ones. */
  close(): Promise<void>
}

/** Rejection of requests while the host ends. */
export function hostEnded(): ExitlabError {
  return new ExitlabError('conflict', 'The host ended before it responded. Try again.')
}

/** `idleMilliseconds`: a trainer that has waited this long is ended, for it holds the memory of all its images. */
export function createTrainerPool(
  start: (threads: number) => TrainerProcess,
  share: () => number,
  idleMilliseconds = 30_000,
): TrainerPool {
  const threadsOf = new WeakMap<TrainerProcess, number>()
  const idle = new Map<TrainerProcess, NodeJS.Timeout>()
  const busy = new Set<TrainerProcess>()
  const outdated = new WeakSet<TrainerProcess>()
  let closed = false

  const next = (threads: number): TrainerProcess => {
    for (const trainer of [...idle.keys()].reverse()) {
      if (threadsOf.get(trainer) !== threads) continue
      leave(trainer)
      if (trainer.alive()) return trainer
    }
    const trainer = start(threads)
    threadsOf.set(trainer, threads)
    return trainer
  }
  const leave = (trainer: TrainerProcess) => {
    clearTimeout(idle.get(trainer))
    idle.delete(trainer)
  }
  const end = (trainer: TrainerProcess) => {
    leave(trainer)
    return trainer.close()
  }
  const drain = async () => {
    await Promise.all([...idle.keys()].map(end))
  }
  return {
    take(threads = share()) {
      if (closed) throw hostEnded()
      const trainer = next(threads)
      busy.add(trainer)
      return trainer
    },
    giveBack(trainer) {
      busy.delete(trainer)
      if (!trainer.alive()) return
      if (outdated.has(trainer)) return void end(trainer)
      idle.set(trainer, setTimeout(() => void end(trainer), idleMilliseconds).unref())
    },
    renew() {
      for (const trainer of busy) outdated.add(trainer)
      void drain()
    },
    drain,
    isClosed: () => closed,
    async close() {
      closed = true
      for (const trainer of busy) trainer.kill()
      await drain()
    },
  }
}
