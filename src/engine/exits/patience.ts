import type { ExitRule } from './exit-rule.ts'

/**
 * `score` = how many exits in a row, this one included, predict the class that this exit predicts: 1 at exit 0, one more
 * where the class is the previous exit's, else 1 again (method 7.1). Thresholds are the patiences 0 … K − 1; at K − 1 every
 * sample runs to the final exit.
 */
export const patience: ExitRule = {
  info: {
    title: 'Patience',
    sentence: 'A sample leaves when the number of consecutive exits with the same prediction exceeds the threshold.',
    paper: 'Zhou et al. 2020, BERT Loses Patience, section 3.2',
  },
  python: 'next((n for n, each in enumerate(logits[::-1]) if each.argmax() != logits[-1].argmax()), len(logits))',
  thresholds: (exitCount) => Float64Array.from({ length: exitCount }, (_, t) => t),
  scores(_outputs, { exitCount, sampleCount, classes }) {
    const counters = new Float64Array(exitCount * sampleCount).fill(1)
    for (let i = sampleCount; i < counters.length; i++) {
      if (classes[i] === classes[i - sampleCount]) counters[i] = counters[i - sampleCount]! + 1
    }
    return counters
  },
}
