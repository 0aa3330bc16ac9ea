import type { OfTask } from '../methods/task.ts'

/**
 * What is bounded. Of a classification, how often leaving early gives a wrong class where the final exit is right (`harm`), or another
 * class than it (`inconsistency`); of a regression, how far it is from the final exit's value (`difference`).
 */
export const riskKinds = ['harm', 'inconsistency', 'difference'] as const
export type RiskKind = (typeof riskKinds)[number]

/** Those of a task; the first is the default. */
export const risksOf = ({ task }: OfTask): readonly [RiskKind, ...RiskKind[]] =>
  task === 'regression' ? ['difference'] : ['harm', 'inconsistency']
