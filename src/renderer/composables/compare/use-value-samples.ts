import { computed, ref, watch } from 'vue'
import { exitIndex, type ExitId } from '../../../shared/exit-id.ts'
import { useHost } from '../../api/host.ts'
import { useAddress } from '../use-address.ts'
import { useRequest } from '../use-request.ts'
import type { Samples } from './use-samples.ts'

/** Samples of a regression at once: their texts take more room than pictures. */
export const valuePageSize = 24

/** Samples of the chosen run of a regression, the largest errors first: choice of their exit in the address, and the host's results. */
export function useValueSamples({ run, split, exitCount, thresholds }: Samples, rule: () => string) {
  const { client } = useHost()
  const address = useAddress()
  const page = ref(0)
  /** Exit whose error counts: one for all samples, or null for that at which each leaves. */
  const exit = computed<ExitId | null>({
    get: () => exitOf(address.text('errors'), exitCount.value ?? 1),
    set: (value) => address.change({ errors: value === null ? null : String(value) }),
  })
  const asked = computed(() => {
    if (run.value === null) return null
    const chosen = thresholds.value.length > 1 ? [...thresholds.value] : thresholds.value[0]!
    return { run: run.value.id, rule: rule(), split: split.value, thresholds: chosen, exit: exit.value }
  })
  watch(
    () => JSON.stringify(asked.value),
    () => (page.value = 0),
  )
  const found = useRequest(
    (signal) =>
      asked.value &&
      client.evaluations.valueSamples(
        { ...asked.value, offset: page.value * valuePageSize, limit: valuePageSize },
        { signal },
      ),
  )
  const drawn = useRequest((signal) => {
    const samples = found.data.value?.samples.map(({ sample }) => sample)
    if (samples === undefined || run.value === null) return null
    return client.data.samples({ of: { run: run.value.id }, split: split.value, samples }, { signal })
  })
  return { exit, page, found, drawn }
}

export type ValueSamplesChoice = ReturnType<typeof useValueSamples>

/** Of a text in the address; null where it is none, or not one of the network's. */
function exitOf(text: string | null, exitCount: number): ExitId | null {
  const exit = text === 'final' ? text : text !== null && /^\d+$/.test(text) ? Number(text) : null
  return exit === null || exitIndex(exit, exitCount - 1) === null ? null : exit
}
