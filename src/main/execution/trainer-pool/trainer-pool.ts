import type { Algorithms } from '../../../shared/experiment/algorithms.ts'
import type { Card } from '../../../shared/phases/device.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { Resources } from '../../../files/recorded-resources.ts'
import { leastBusy } from './chosen-cards.ts'
import type { TrainerProcess } from './trainer-process.ts'

/** What a trainer is started with, for good. */
export interface TrainerPlace {
  threads: number
  /** The one card that it trains on; null: the processor. */
  card: Card | null
  /** Of the card. */
  algorithms: Algorithms
}

interface Wanted {
  /** With what the work began; null: it begins now. */
  resources?: Resources | null
  /** Default: as many as the number of runs at once leaves to each. */
  threads?: number
  algorithms?: Algorithms
}

/** Trainers that wait for a job: starting one takes a second. */
export interface TrainerPool {
  /**
   * One as the work began, or with as many threads as the number of runs at once leaves to each. Cards are shared evenly.
   * @throws ExitlabError once the pool is closed, or where there is no card to train on.
   */
  take(wanted?: Wanted): Promise<TrainerProcess>
  giveBack(trainer: TrainerProcess): void
  /** Trainers that have been started do what they are at and are not taken again: others are to be started in another way. */
  renew(): void
  isClosed(): boolean
  /** Ends all trainers, including busy ones. */
  close(): Promise<void>
}

/** Rejection of requests while the host ends. */
export function hostEnded(): ExitlabError {
  return new ExitlabError('conflict', 'The host ended before it responded. Try again.')
}

interface PoolOptions {
  start(place: TrainerPlace): TrainerProcess
  /** Threads that the number of runs at once leaves to each. */
  share(): number
  /** The cards to train on; null: the processor trains. */
  cards(): Promise<readonly Card[] | null>
  /** A trainer that has waited this long is ended, for it holds the memory of all its images. */
  idleMilliseconds?: number
}

const samePlace = (one: TrainerPlace, other: TrainerPlace) =>
  one.threads === other.threads && one.card?.id === other.card?.id && one.algorithms === other.algorithms

export function createTrainerPool({ start, share, cards, idleMilliseconds = 30_000 }: PoolOptions): TrainerPool {
  const places = new WeakMap<TrainerProcess, TrainerPlace>()
  const idle = new Map<TrainerProcess, NodeJS.Timeout>()
  const busy = new Set<TrainerProcess>()
  const outdated = new WeakSet<TrainerProcess>()
  let closed = false

  const next = (place: TrainerPlace): TrainerProcess => {
    for (const trainer of [...idle.keys()].reverse()) {
      if (!samePlace(places.get(trainer)!, place)) continue
      leave(trainer)
      if (trainer.alive()) return trainer
    }
    // What waits keeps the memory that it took of its card.
    for (const other of idle.keys()) if (place.card && places.get(other)!.card?.id === place.card.id) void end(other)
    const trainer = start(place)
    places.set(trainer, place)
    return trainer
  }
  const trainersOn = ({ id }: Card) => [...busy].filter((trainer) => places.get(trainer)!.card?.id === id).length
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
    async take({ resources = null, threads: wanted = share(), algorithms = 'deterministic' } = {}) {
      const choice = closed ? null : await cards()
      if (closed) throw hostEnded()
      const card = choice && leastBusy(choice, { like: resources?.card ?? null, trainersOn })
      const threads = resources?.threads ?? wanted
      // The processor has no others.
      const trainer = next({ threads, card, algorithms: card === null ? 'deterministic' : algorithms })
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
    isClosed: () => closed,
    async close() {
      closed = true
      for (const trainer of busy) trainer.kill()
      await drain()
    },
  }
}
