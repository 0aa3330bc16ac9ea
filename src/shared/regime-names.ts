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
