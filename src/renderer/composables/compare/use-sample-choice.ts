import { computed } from 'vue'
import type { RunSummary } from '../../../shared/runs.ts'
import { useAddress } from '../use-address.ts'

/** The run whose samples are shown, and which of them, in the address. */
export function useSampleChoice(runs: () => readonly RunSummary[]) {
  const address = useAddress()
  const setting = (key: string, defaultValue: string) =>
    computed({
      get: () => address.text(key) ?? defaultValue,
      set: (value: string) => address.change({ [key]: value === defaultValue ? null : value }),
    })
  const runId = setting('of', '')
  const run = computed(() => chosenRun(runs(), runId.value))
  const seeds = computed(() =>
    runs().filter((each) => each.experimentId === run.value?.experimentId && each.series === run.value.series),
  )
  const label = computed({
    get: () => wholeNumber(address.text('class')),
    set: (value: number | null) => address.change({ class: value === null ? null : String(value) }),
  })
  /** The sample whose path is shown; null: none. To it and back is a step each. */
  const sample = computed({
    get: () => wholeNumber(address.text('sample')),
    set: (value: number | null) =>
      address.change(
        { sample: value === null ? null : String(value) },
        { step: value === null || sample.value === null },
      ),
  })
  return { sample, runId, run, seeds, groupChoice: setting('group', 'lost'), label }
}

/** The wanted run, else the first of `mixed`, which the method recommends, else the last. */
function chosenRun(runs: readonly RunSummary[], id: string): RunSummary | null {
  return runs.find((run) => run.id === id) ?? runs.find(({ regime }) => regime === 'mixed') ?? runs.at(-1) ?? null
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null
}
