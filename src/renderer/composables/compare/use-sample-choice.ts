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
  const split = computed<'validation' | 'test'>({
    get: () => (address.text('split') === 'validation' ? 'validation' : 'test'),
    set: (value) => address.change({ split: value === 'test' ? null : value }),
  })
  const label = computed({
    get: () => classOf(address.text('class')),
    set: (value: number | null) => address.change({ class: value === null ? null : String(value) }),
  })
  return { runId, run, seeds, split, groupChoice: setting('group', 'lost'), label }
}

/** The wanted run, else the first of `mixed`, which the method recommends, else the last. */
function chosenRun(runs: readonly RunSummary[], id: string): RunSummary | null {
  return runs.find((run) => run.id === id) ?? runs.find(({ regime }) => regime === 'mixed') ?? runs.at(-1) ?? null
}

function classOf(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null
}
