import { unitThresholds, type ExitRule } from '../../src/main/engine/exits/exit-rule.ts'

/** `score = p₁ − p₂` of the two likeliest classes, 0 (a tie) … 1 (certain). */
export const margin: ExitRule = {
  info: {
    title: 'Margin',
    sentence: 'A sample leaves at the first exit whose two likeliest classes are further apart than the threshold.',
    paper: 'Scheffer et al. 2001, margin sampling',
  },
  python: 'np.diff(np.sort(softmax(logits[-1]))[-2:])[0]',
  thresholds: () => unitThresholds(),
  scores: ({ logits, classCount }, { confidences }) =>
    confidences.map((confidence, row) => {
      const [first, second] = logits.slice(row * classCount, (row + 1) * classCount).sort((a, b) => b - a)
      return confidence * (1 - Math.exp(second! - first!))
    }),
}
