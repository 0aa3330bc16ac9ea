import { availableParallelism } from 'node:os'

/** Threads of each of so many trainers at once: they share the processor. */
export function sharedThreads(parallel: number): number {
  return Math.max(1, Math.floor(availableParallelism() / parallel))
}
