import { type ClassRule, unitThresholds } from './exit-rule.ts'

/** `score = max_c p_c` of the softmax, 1/C … 1: every sample leaves at exit 0 at t = 0, and none before the final exit at t = 1. */
export const confidence: ClassRule = {
  info: {
    title: 'Confidence',
    sentence: 'A sample leaves at the first exit whose largest class probability is above the threshold.',
    paper: 'Kaya et al. 2019, Shallow-Deep Networks, section 5',
  },
  python: 'softmax(logits[-1]).max()',
  thresholds: () => unitThresholds(),
  scores: (_outputs, predictions) => predictions.confidences,
}
