import { computed, ref, watch } from 'vue'
import type { ExitId } from '../../../shared/exit-id.ts'
import type { RunSummary } from '../../../shared/runs.ts'
import { readRule } from '../../../shared/rule-reference.ts'
import type { SampleGroup } from '../../../shared/sample-groups.ts'
import { useAddress } from '../use-address.ts'
import { useRequest } from '../use-request.ts'
import { useHost } from '../../api/host.ts'
import { firstThreshold, inRoundSteps, onStep } from './thresholds.ts'
import type { ThresholdRange } from './thresholds.ts'

/** Samples at once. */
export const pageSize = 48

/** A group as the address and a list of choices have it: `exit-0`, `exit-final`, `lost`, `never`. */
export function groupKey(group: SampleGroup, exit: ExitId): string {
  return group === 'leaving' ? `exit-${exit}` : group
}

function groupOf(key: string | null): { group: SampleGroup; exit: ExitId } {
  if (key === 'never' || key === 'lost') return { group: key, exit: 0 }
  const [, exit] = /^exit-(final|\d+)$/.exec(key ?? '') ?? []
  if (exit === undefined) return { group: 'lost', exit: 0 }
  return { group: 'leaving', exit: exit === 'final' ? exit : Number(exit) }
}

interface Sources {
  /** The compared runs that are done. */
  runs: () => readonly RunSummary[]
  rule: () => string
}

/** Selection of samples in the address, and the host's results. */
export function useSamples({ runs, rule }: Sources) {
  const { client } = useHost()
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
  const groupChoice = setting('group', 'lost')
  const label = computed({
    get: () => classOf(address.text('class')),
    set: (value: number | null) => address.change({ class: value === null ? null : String(value) }),
  })

  const exitCount = computed(() => run.value?.scores?.test.length ?? null)
  const rules = useRequest((signal) =>
    exitCount.value === null
      ? null
      : client.evaluations.rules({ exits: exitCount.value, task: run.value?.task }, { signal }),
  )
  const chosenRule = computed(() => rules.data.value?.find(({ name }) => name === readRule(rule()).name))
  const range = computed(() => (chosenRule.value ? inRoundSteps(chosenRule.value.thresholds) : null))
  const scaled = computed(() => chosenRule.value?.scaled === true)
  /** One for all exits, or one for each exit but the final. */
  const thresholds = computed(() => thresholdsOf(address.text('threshold'), range.value, exitCount.value ?? 1))
  const threshold = computed({
    get: () => thresholds.value[0]!,
    set: (value: number) => address.change({ threshold: String(value) }),
  })

  const page = ref(0)
  const asked = computed(() => {
    if (run.value === null || range.value === null) return null
    const common = {
      run: run.value.id,
      rule: rule(),
      split: split.value,
      thresholds: thresholds.value.length > 1 ? [...thresholds.value] : threshold.value,
    }
    return { ...common, ...groupOf(groupChoice.value), label: label.value }
  })
  watch(
    () => JSON.stringify(asked.value),
    () => (page.value = 0),
  )
  const found = useRequest(
    (signal) =>
      asked.value &&
      client.evaluations.samples({ ...asked.value, offset: page.value * pageSize, limit: pageSize }, { signal }),
  )
  const drawn = useRequest((signal) => {
    const samples = found.data.value?.samples.map(({ sample }) => sample)
    if (samples === undefined || run.value === null) return null
    return client.data.samples({ of: { run: run.value.id }, split: split.value, samples }, { signal })
  })
  return {
    run,
    runId,
    seeds,
    split,
    groupChoice,
    label,
    exitCount,
    range,
    threshold,
    thresholds,
    page,
    found,
    drawn,
    scaled,
    classes: computed(() => drawn.data.value?.classes ?? null),
  }
}

export type Samples = ReturnType<typeof useSamples>

/** The wanted run, else the first of `mixed`, which the method recommends, else the last. */
function chosenRun(runs: readonly RunSummary[], id: string): RunSummary | null {
  return runs.find((run) => run.id === id) ?? runs.find(({ regime }) => regime === 'mixed') ?? runs.at(-1) ?? null
}

function classOf(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null
}

/** At least one; more than one only where there is one for each exit but the final. */
function thresholdsOf(text: string | null, range: ThresholdRange | null, exitCount: number): readonly number[] {
  if (range === null) return [0]
  const values = (text ?? '')
    .split(',')
    .filter((word) => word !== '')
    .map(Number)
    .filter(Number.isFinite)
  if (values.length === 0) return [firstThreshold(range)]
  const sound = values.map((value) => onStep(value, range))
  return sound.length === exitCount - 1 ? sound : sound.slice(0, 1)
}
