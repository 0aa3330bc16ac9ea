import { z } from 'zod'
import { type ExitRule, unitThresholds } from './exit-rule.ts'

const parameters = z.strictObject({
  patience: z.int().min(1).max(1000).default(1).describe('Differences in a row that must be less than τ.'),
})

/**
 * A sample leaves at the first exit that ends a run of more than `patience` predictions, each less than τ from the one before
 * it (method 7.1). With d the largest of the last `patience` differences, `score = 1 / (1 + d)`, 0 where there are fewer, and the
 * threshold t stands for τ = 1/t − 1: at 0 a sample leaves at exit `patience`, at 1 none leaves before the final exit.
 */
function withPatience(patience: number): ExitRule {
  return {
    info: {
      title: 'Difference',
      sentence:
        'A sample leaves at the first exit that ends a run of differences between successive predictions, each less than τ; the threshold is 1 / (1 + τ).',
      paper: 'Zhou et al. 2020, BERT Loses Patience, section 3.2',
    },
    task: 'regression',
    python: `1 / (1 + max(abs(logits[-n - 1] - logits[-n - 2])[0] for n in range(${patience}))) if len(logits) > ${patience} else 0`,
    thresholds: () => unitThresholds(),
    scores({ exitCount, sampleCount, logits }) {
      const scores = new Float64Array(exitCount * sampleCount)
      for (let at = patience * sampleCount; at < scores.length; at++) {
        const steps = Array.from({ length: patience }, (_, back) => at - back * sampleCount)
        const largest = Math.max(...steps.map((step) => Math.abs(logits[step]! - logits[step - sampleCount]!)))
        scores[at] = 1 / (1 + largest)
      }
      return scores
    },
  }
}

export const difference: ExitRule = {
  ...withPatience(parameters.parse({}).patience),
  configurable: { parameters, configure: (given) => withPatience(parameters.parse(given).patience) },
}
