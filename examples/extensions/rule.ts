import { type ClassRule, defineExtension, unitThresholds } from 'exitlab/extension'

/** score = p₁ − p₂ of the two most probable classes, 0 (a tie) … 1 (certain). */
const rule: ClassRule = {
  info: {
    title: 'Margin',
    sentence: 'A sample leaves at the first exit whose two most probable classes are further apart than the threshold.',
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

export default defineExtension({ name: 'class-margin', exitRules: { 'class-margin': rule } })
