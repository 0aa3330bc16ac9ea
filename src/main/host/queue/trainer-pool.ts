import type { TrainerProcess } from './trainer-process.ts'

/** Trainers that wait for a job: starting one takes a second. */
export interface TrainerPool {
  take(): TrainerProcess
  giveBack(trainer: TrainerProcess): void
  /** Ends those that have nothing to do. */
  drain(): Promise<void>
  close(): Promise<void>
}

export function createTrainerPool(start: () => TrainerProcess): TrainerPool {
  const idle: TrainerProcess[] = []
  const drain = async () => {
    await Promise.all(idle.splice(0).map((trainer) => trainer.close()))
  }
  return {
    take() {
      for (let trainer = idle.pop(); trainer !== undefined; trainer = idle.pop()) if (trainer.alive()) return trainer
      return start()
    },
    giveBack(trainer) {
      if (trainer.alive()) idle.push(trainer)
    },
    drain,
    close: drain,
  }
}
