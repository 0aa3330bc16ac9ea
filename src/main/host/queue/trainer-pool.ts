import type { TrainerProcess } from './trainer-process.ts'

/** Trainers that wait for a job: starting one takes a second. */
export interface TrainerPool {
  take(): TrainerProcess
  giveBack(trainer: TrainerProcess): void
  /** Ends those that have nothing to do. */
  drain(): Promise<void>
  /** Ends all of them, those that are at work too. */
  close(): Promise<void>
}

export function createTrainerPool(start: () => TrainerProcess): TrainerPool {
  const idle: TrainerProcess[] = []
  const busy = new Set<TrainerProcess>()
  const next = (): TrainerProcess => {
    for (let trainer = idle.pop(); trainer !== undefined; trainer = idle.pop()) if (trainer.alive()) return trainer
    return start()
  }
  const drain = async () => {
    await Promise.all(idle.splice(0).map((trainer) => trainer.close()))
  }
  return {
    take() {
      const trainer = next()
      busy.add(trainer)
      return trainer
    },
    giveBack(trainer) {
      busy.delete(trainer)
      if (trainer.alive()) idle.push(trainer)
    },
    drain,
    async close() {
      for (const trainer of busy) trainer.kill()
      await drain()
    },
  }
}
