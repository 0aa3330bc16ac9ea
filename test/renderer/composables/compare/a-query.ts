import type { ComparisonQuery } from '../../../../src/renderer/composables/compare/use-comparison.ts'

/** How a comparison of one run is read. */
export const aQuery = (changes: Partial<ComparisonQuery> = {}): ComparisonQuery => ({
  runs: ['a-1'],
  among: ['a-1'],
  protocol: 'validation',
  rule: 'confidence',
  seedReading: 'averaged',
  budgets: [0.5, null],
  cost: 'macs',
  ...changes,
})
