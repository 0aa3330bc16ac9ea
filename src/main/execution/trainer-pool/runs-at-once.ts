import { availableParallelism } from 'node:os'
import { isCard } from '../../../shared/phases/device.ts'
import type { Settings } from '../../../contract/system.ts'
import { machineMemory } from './training-memory.ts'

/** What is to be trained. */
export interface Demand {
  runs: number
  /** Estimated memory of the largest training; null: unknown. */
  memoryBytes: number | null
}

/** The machine's memory that trainings may be estimated to take together. */
const memoryShare = 0.8

/**
 * Runs trained at once. `auto`: one for each processor, as far as there are runs and memory for them, since two trainings with one thread
 * each are faster than with two threads one after the other; a card trains one run after the other.
 */
export function runsAtOnce({ parallel, device }: Pick<Settings, 'parallel' | 'device'>, demand: Demand): number {
  if (parallel !== 'auto') return parallel
  if (isCard(device)) return 1
  const { runs, memoryBytes } = demand
  const fitting = memoryBytes === null ? 1 : Math.floor((memoryShare * machineMemory()) / memoryBytes)
  return Math.max(1, Math.min(availableParallelism(), runs, fitting))
}

/** Threads of each of so many trainers at once: they share the processor. */
export function threadsOfEach(atOnce: number): number {
  return Math.max(1, Math.floor(availableParallelism() / atOnce))
}
