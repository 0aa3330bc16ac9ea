import type { ExitRule } from './exit-rule.ts'

/**
 * Every sample leaves at the same exit: thresholds are the exits 0 … K − 1, `score` is the number of exits up to this one. The
 * curve has one point for each exit, and a budget buys those that fit (method 7.1).
 */
export const fixed: ExitRule = {
  info: {
    title: 'Static',
    sentence: 'A sample leaves at the exit whose number is the threshold, as all others do.',
    paper: 'How to Train Your Multi-Exit Model?, ICML 2025, table 14',
  },
  task: 'regression',
  python: 'len(logits)',
  thresholds: (exitCount) => Float64Array.from({ length: exitCount }, (_, exit) => exit),
  scores: ({ exitCount, sampleCount }) =>
    Float64Array.from({ length: exitCount * sampleCount }, (_, at) => Math.floor(at / sampleCount) + 1),
}
