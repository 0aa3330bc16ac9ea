import { exitIndex, type ExitId } from '../../../shared/exit-id.ts'
import { useHost } from '../../api/host.ts'
import { useAddress, wholeNumber } from '../use-address.ts'
import { useSamplePage } from './use-sample-page.ts'
import type { Samples } from './use-samples.ts'

/** Samples of a regression at once: their texts take more room than pictures. */
export const valuePageSize = 24

/** Samples of the chosen run of a regression, the largest errors first: choice of their exit in the address, and the host's results. */
export function useValueSamples(samples: Samples) {
  const { client } = useHost()
  const address = useAddress()
  /** Exit whose error counts: one for all samples, or null for that at which each leaves. */
  const exit = address.choice<ExitId | null>('errors', null, (text) => exitOf(text, samples.exitCount.value ?? 1))
  const shown = useSamplePage(samples, {
    size: valuePageSize,
    which: () => (samples.run.value?.task === 'regression' ? { exit: exit.value } : null),
    find: (query, options) => client.evaluations.valueSamples(query, options),
  })
  return { exit, ...shown }
}

export type ValueSamplesChoice = ReturnType<typeof useValueSamples>

/** Of a text in the address; null where it is none, or not one of the network's. */
function exitOf(text: string, exitCount: number): ExitId | null {
  const exit = text === 'final' ? text : wholeNumber(text)
  return exit === null || exitIndex(exit, exitCount - 1) === null ? null : exit
}
