/** What is bounded: how often leaving early gives another class than the final exit, or a wrong one where the final exit is right. */
export const riskKinds = ['harm', 'inconsistency'] as const
export type RiskKind = (typeof riskKinds)[number]
