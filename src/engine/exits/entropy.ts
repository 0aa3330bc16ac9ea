import { type ClassRule, unitThresholds } from './exit-rule.ts'

/**
 * `score = 1 − H(p) / ln C`, 0 (uniform) … 1 (certain), not below 0 by rounding. None leaves before the final exit at
 * t = 1; an exactly uniform output stays even at t = 0.
 */
export const entropy: ClassRule = {
  info: {
    title: 'Normalised entropy',
    sentence:
      'A sample leaves at the first exit where one minus the normalised entropy of its classes is above the threshold.',
    paper:
      'Teerapittayanon et al. 2016, BranchyNet, section III; normalised as in How to Train Your Multi-Exit Model?, figure 15',
  },
  python: '1 + (softmax(logits[-1]) * np.log(softmax(logits[-1]) + 1e-30)).sum() / np.log(len(logits[-1]))',
  thresholds: () => unitThresholds(),
  scores(outputs, predictions) {
    const largest = Math.log(outputs.classCount)
    return predictions.entropies.map((nats) => Math.max(0, 1 - nats / largest))
  },
}
