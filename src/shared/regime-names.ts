/** In the order in which they are listed. Without schemas, so that the window can have it. */
export const regimeNames = [
  'disjoint',
  'joint',
  'mixed',
  'branch-wise',
  'separate',
  'alternating',
  'mixed-gradual',
] as const
export type RegimeName = (typeof regimeNames)[number]

/** Whether this version has a regime; a newer one, or an extension, may have trained a run by another. */
export const isKnownRegime = (name: string): name is RegimeName => (regimeNames as readonly string[]).includes(name)

/** Place of a regime in lists: those that this version does not have come behind all others, and what has none last. */
export function regimePlace(name: string | null): number {
  if (name === null) return regimeNames.length + 1
  return isKnownRegime(name) ? regimeNames.indexOf(name) : regimeNames.length
}

/** In the order of their regimes, else as they come. */
export const byRegime = <Each extends { regime: string | null }>(all: readonly Each[]): Each[] =>
  all.toSorted((a, b) => regimePlace(a.regime) - regimePlace(b.regime))

/** The regimes that the paper compares in all its settings. */
export const mainRegimes = ['disjoint', 'joint', 'mixed'] as const satisfies readonly RegimeName[]

/** The regimes of the paper's tables and figures, whatever others there are. */
export const paperRegimes = [
  ...mainRegimes,
  'branch-wise',
  'separate',
  'alternating',
  'mixed-gradual',
] as const satisfies readonly RegimeName[]
export type PaperRegime = (typeof paperRegimes)[number]

/** Regimes whose first phase trains the bare backbone, so that their runs share it. */
export const backboneFirst: readonly RegimeName[] = ['disjoint', 'mixed', 'mixed-gradual']
