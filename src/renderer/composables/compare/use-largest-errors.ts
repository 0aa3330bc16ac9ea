import { exitIndex, type ExitId } from '../../../shared/evaluation/exit-id.ts'
import { useAddress, wholeNumber } from '../use-address.ts'
import { useSamplePage } from './use-sample-page.ts'
import type { Samples } from './use-samples.ts'

/** Samples of a regression at once: their texts take more room than pictures. */
export const errorPageSize = 24

/** Samples of the chosen run of a regression, the largest errors first: choice of their exit in the address, and the host's results. */
export function useLargestErrors(samples: Samples) {
  const address = useAddress()
  /** Exit whose error counts: one for all samples, or null for that at which each leaves. */
  const exit = address.choice<ExitId | null>('errors', null, (text) => exitOf(text, samples.exitCount.value ?? 1))
  const shown = useSamplePage(samples, {
    reading: 'largest-errors',
    size: errorPageSize,
    which: () => (samples.run.value?.task === 'regression' ? { exit: exit.value } : null),
  })
  return { exit, ...shown }
}

export type LargestErrors = ReturnType<typeof useLargestErrors>

/** Of a text in the address; null where it is none, or not one of the network's. */
function exitOf(text: string, exitCount: number): ExitId | null {
  const exit = text === 'final' ? text : wholeNumber(text)
  return exit === null || exitIndex(exit, exitCount - 1) === null ? null : exit
}
