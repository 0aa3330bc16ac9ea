import type { ExitOutputs } from './evaluation.ts'

/** Outputs of the exits for one split that may be larger than memory: read in parts. */
export interface OutputsSource extends Omit<ExitOutputs, 'logits' | 'firstSample' | 'firstExit'> {
  /** Of all exits, for `count` samples from `first` on. */
  samples(first: number, count: number): Promise<ExitOutputs>
  /** Of one exit, for all samples. */
  exit(exit: number): Promise<ExitOutputs>
}

/** Logits read at once: 16 MB. */
const stretchLogits = 2 ** 22

/** All samples of a split in their order, stretch by stretch, with the outputs of all exits; without samples one empty stretch. */
export async function* stretchesOf(outputs: OutputsSource): AsyncGenerator<ExitOutputs> {
  const { exitCount, classCount, sampleCount } = outputs
  const most = Math.max(1, Math.floor(stretchLogits / (exitCount * classCount)))
  let first = 0
  do {
    yield await outputs.samples(first, Math.min(most, sampleCount - first))
    first += most
  } while (first < sampleCount)
}
