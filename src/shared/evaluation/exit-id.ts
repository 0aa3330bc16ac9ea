import { z } from 'zod'
import { ExitlabError } from '../basics/error.ts'

/**
 * Id of an exit: the number of a head in depth order, from 0, or `final` for the final classifier. An exit has the same id in
 * every phase and in every network that shares the phase; the bare backbone has the final classifier only.
 */
export const exitId = z.union([z.int().nonnegative(), z.literal('final')])
export type ExitId = z.infer<typeof exitId>

/** The id of the exit at an index in a network with so many heads; the final classifier comes last. */
export function exitAt(index: number, headCount: number): ExitId {
  return index === headCount ? 'final' : index
}

/** The index of an exit in a network with so many heads; null if the network does not have the exit. */
export function exitIndex(exit: ExitId, headCount: number): number | null {
  if (exit === 'final') return headCount
  return exit < headCount ? exit : null
}

/** The index of an exit among all of a network. @throws ExitlabError `usage` where the network does not have it. */
export function exitPlace(exit: ExitId, exitCount: number): number {
  const index = exitIndex(exit, exitCount - 1)
  if (index !== null) return index
  throw new ExitlabError('usage', `There is no exit ${exit}: expected 0 to ${exitCount - 2}, or "final".`)
}

/** Sorts by depth: heads in their order, the final classifier last. */
export function byDepth({ exit: a }: { exit: ExitId }, { exit: b }: { exit: ExitId }): number {
  return a === b ? 0 : a === 'final' ? 1 : b === 'final' ? -1 : a - b
}

/** `exit 3`, `final` */
export function exitName(exit: ExitId): string {
  return exit === 'final' ? exit : `exit ${exit}`
}

/** In a sentence: `exit 3`, `the final exit`. */
export function exitInWords(exit: ExitId): string {
  return exit === 'final' ? 'the final exit' : exitName(exit)
}
