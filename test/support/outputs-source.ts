import type { ExitOutputs } from '../../src/shared/evaluation/evaluation.ts'
import type { OutputsSource } from '../../src/shared/evaluation/outputs-source.ts'

/** Outputs in memory, read as if they were in a file. */
export function sourceOf(outputs: ExitOutputs): OutputsSource {
  const { exitCount, sampleCount, classCount, logits, targets } = outputs
  const rows = (first: number, count: number) => logits.subarray(first * classCount, (first + count) * classCount)
  return {
    exitCount,
    sampleCount,
    classCount,
    targets,
    exit: async (exit) => ({
      ...outputs,
      exitCount: 1,
      firstExit: exit,
      logits: rows(exit * sampleCount, sampleCount).slice(),
    }),
    async samples(first, count) {
      const some = new Float32Array(exitCount * count * classCount)
      for (let exit = 0; exit < exitCount; exit++) {
        some.set(rows(exit * sampleCount + first, count), exit * count * classCount)
      }
      const shape = { exitCount, sampleCount: count, classCount, firstSample: first }
      return { ...shape, logits: some, targets: targets.subarray(first, first + count) }
    },
  }
}
