import { computed } from 'vue'
import { exitIndex, type ExitId } from '../../../shared/exit-id.ts'
import { useHost } from '../../api/host.ts'
import { useAddress } from '../use-address.ts'
import { useSamplePage } from './use-sample-page.ts'
import type { Samples } from './use-samples.ts'

/** Samples of a regression at once: their texts take more room than pictures. */
export const valuePageSize = 24

/** Samples of the chosen run of a regression, the largest errors first: choice of their exit in the address, and the host's results. */
export function useValueSamples(samples: Samples) {
  const { client } = useHost()
  const address = useAddress()
  /** Exit whose error counts: one for all samples, or null for that at which each leaves. */
  const exit = computed<ExitId | null>({
    get: () => exitOf(address.text('errors'), samples.exitCount.value ?? 1),
    set: (value) => address.change({ errors: value === null ? null : String(value) }),
  })
  const shown = useSamplePage(samples, {
    size: valuePageSize,
    which: () => (samples.run.value?.task === 'regression' ? { exit: exit.value } : null),
    find: (query, options) => client.evaluations.valueSamples(query, options),
  })
  return { exit, ...shown }
}

export type ValueSamplesChoice = ReturnType<typeof useValueSamples>

/** Of a text in the address; null where it is none, or not one of the network's. */
function exitOf(text: string | null, exitCount: number): ExitId | null {
  const exit = text === 'final' ? text : text !== null && /^\d+$/.test(text) ? Number(text) : null
  return exit === null || exitIndex(exit, exitCount - 1) === null ? null : exit
}
