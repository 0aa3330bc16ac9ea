import { type ClassRule, defineExtension, mean, unitThresholds } from 'exitlab/extension'

/** p₁ − p₂ of the two most probable classes, 0 (a tie) … 1 (certain), of every exit and sample. */
const margins: ClassRule['scores'] = ({ logits, classCount }, { confidences }) =>
  confidences.map((confidence, row) => {
    const [first, second] = logits.slice(row * classCount, (row + 1) * classCount).sort((a, b) => b - a)
    return confidence * (1 - Math.exp(second! - first!))
  })
const margin = 'np.diff(np.sort(softmax(logits[-1]))[-2:])[0]'

const rule: ClassRule = {
  info: {
    title: 'Margin',
    sentence: 'A sample leaves at the first exit whose two most probable classes are further apart than the threshold.',
    paper: 'Scheffer et al. 2001, margin sampling',
  },
  python: margin,
  thresholds: () => unitThresholds(),
  scores: margins,
}

const percents = Array.from({ length: 99 }, (_, each) => each + 1)

/** Fitted: the numbers of an exit are the percentiles of its margins on validation samples, half way between two samples. */
const rank: ClassRule = {
  info: {
    title: 'Rank of the margin',
    sentence:
      'A sample leaves at the first exit where the share of validation samples with a smaller margin is above the threshold.',
    paper: 'After Huang et al. 2018, Multi-Scale Dense Networks, where each exit lets a given share leave',
  },
  python: `np.mean(np.less(fitted[-1], ${margin}))`,
  thresholds: () => unitThresholds(),
  fit(outputs, predictions) {
    const sorted = margins(outputs, predictions, []).sort()
    const at = (percent: number) => Math.min(sorted.length - 1, Math.floor((percent * sorted.length) / 100))
    return percents.map((percent) => (sorted[Math.max(0, at(percent) - 1)]! + sorted[at(percent)]!) / 2)
  },
  scores: (outputs, predictions, fitted) =>
    margins(outputs, predictions, []).map((each, row) => {
      const percentiles = fitted[Math.floor(row / outputs.sampleCount)]!
      return mean(percentiles.map((percentile) => Number(percentile < each)))
    }),
}

export default defineExtension({
  name: 'class-margin',
  exitRules: { 'class-margin': rule, 'class-margin-rank': rank },
})
