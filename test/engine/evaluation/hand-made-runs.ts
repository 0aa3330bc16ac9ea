import type { ClassifiedRun } from '../../../src/engine/evaluation/scored-run.ts'

/** Two exits, four samples, three classes; the score of the confidence rule is the confidence. */
function run(seed: number, { classes, confidences }: { classes: number[]; confidences: number[] }): ClassifiedRun {
  const labels = Int32Array.of(0, 1, 1, 2)
  const predictions = {
    exitCount: 2,
    sampleCount: 4,
    classCount: 3,
    labels,
    classes: Int32Array.from(classes),
    confidences: Float64Array.from(confidences),
    entropies: new Float64Array(8),
  }
  const correct = Uint8Array.from(classes, (each, at) => Number(each === labels[at % 4]))
  return {
    identity: {
      id: `run-${seed}`,
      experiment: 'hand-made',
      regime: 'joint',
      series: 'joint',
      seed,
      exitCosts: [1, 2],
      exitBlocks: [1, null],
      backboneCost: 2,
    },
    scored: { exitCount: 2, sampleCount: 4, scores: predictions.confidences, values: correct, correct },
    predictions,
    fitted: [[2], [1]],
  }
}

// Exit 0 is right at samples 0 and 2; the final one at samples 0 and 1.
export const first = run(1, { classes: [0, 2, 1, 0, 0, 1, 2, 0], confidences: [0.9, 0.5, 0.6, 0.9, 1, 0.8, 0.7, 0.4] })
export const second = run(2, { classes: [0, 1, 1, 2, 0, 1, 1, 2], confidences: [0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1] })
