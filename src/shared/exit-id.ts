import { z } from 'zod'

/**
 * An exit of a network by its name: a head by its number in depth order, from 0, or the final classifier. The same exit has the
 * same name in every phase and every network that shares the phase: the bare backbone has the final classifier alone.
 */
export const exitId = z.union([z.int().nonnegative(), z.literal('final')])
export type ExitId = z.infer<typeof exitId>

/** The exit at a place in a network that has this many heads, which the final classifier follows. */
export function exitAt(index: number, headCount: number): ExitId {
  return index === headCount ? 'final' : index
}

/** The place of an exit in a network that has this many heads; null where the network does not have the exit. */
export function exitIndex(exit: ExitId, headCount: number): number | null {
  if (exit === 'final') return headCount
  return exit < headCount ? exit : null
}

/** Sorts by depth: heads in their order, the final classifier last. */
export function byDepth({ exit: a }: { exit: ExitId }, { exit: b }: { exit: ExitId }): number {
  return a === b ? 0 : a === 'final' ? 1 : b === 'final' ? -1 : a - b
}

/** `exit 3`, `final` */
export function exitName(exit: ExitId): string {
  return exit === 'final' ? exit : `exit ${exit}`
}
