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

/** The regimes that the paper compares in all its settings; in some it compares all. */
export const paperRegimes: readonly RegimeName[] = ['disjoint', 'joint', 'mixed']

/** Regimes whose first phase trains the bare backbone, so that their runs share it. */
export const backboneFirst: readonly RegimeName[] = ['disjoint', 'mixed', 'mixed-gradual']
