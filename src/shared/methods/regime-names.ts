/** The regimes that the paper compares in all its settings. */
export const mainRegimes = ['disjoint', 'joint', 'mixed'] as const

/**
 * The regimes of the paper's tables and figures, whatever others there are, in the order in which regimes are listed. Each has a look
 * of its own. Without schemas, so that the window can have it.
 */
export const paperRegimes = [...mainRegimes, 'branch-wise', 'separate', 'alternating', 'mixed-gradual'] as const
export type PaperRegime = (typeof paperRegimes)[number]

/** Whether a regime is one of the paper's, not a baseline and not a user's own. */
export const isPaperRegime = (name: string): name is PaperRegime => (paperRegimes as readonly string[]).includes(name)

/** Place of a regime in lists: those that are not the paper's come behind all that are, and what has none last. */
export function regimePlace(name: string | null): number {
  if (name === null) return paperRegimes.length + 1
  return isPaperRegime(name) ? paperRegimes.indexOf(name) : paperRegimes.length
}

/** In the order of their regimes, else as they come. */
export const byRegime = <Each extends { regime: string | null }>(all: readonly Each[]): Each[] =>
  all.toSorted((a, b) => regimePlace(a.regime) - regimePlace(b.regime))
