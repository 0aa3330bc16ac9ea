import { computed, ref, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import { askReading } from '../../../readings/ask.ts'
import type { QuestionOf } from '../../../readings/index.ts'
import { ownRows, type BudgetsAnswer, type OwnRow } from '../../../readings/budgets/schema.ts'
import { costAxes } from '../../../shared/evaluation/cost-axis.ts'
import type { CostAxisName } from '../../../shared/evaluation/cost-axis.ts'
import type { CostCurveMarker } from '../../../readings/curve/marker.ts'
import type { SeriesWhatIf } from '../../../readings/what-if/schema.ts'
import { messageOf } from '../../api/errors.ts'
import { useHost } from '../../api/host.ts'
import type { ComparisonQuery } from '../../composables/compare/use-comparison.ts'
import { firstThreshold, onStep, perExit, thresholdDigits } from '../../composables/compare/thresholds.ts'
import type { ThresholdRange } from '../../composables/compare/thresholds.ts'
import { useThresholdRange } from '../../composables/compare/use-threshold-range.ts'

type WhatIfQuestion = QuestionOf<'what-if'>

/** One series of one experiment, by its name. */
export interface SeriesOf {
  experiment: string
  series: string
}

export interface WhatIf {
  /** The series whose thresholds are changed. */
  chosen: ComputedRef<OwnRow | null>
  choose(series: SeriesOf): void
  range: ComputedRef<ThresholdRange | null>
  /** One threshold for all exits, or one for each but the final. */
  mode: Ref<'one' | 'each'>
  threshold: Ref<number>
  /** [exits − 1] */
  thresholds: ComputedRef<readonly number[]>
  setThreshold(exit: number, value: number): void
  answer: ShallowRef<SeriesWhatIf | null>
  /** The question that `answer` belongs to. */
  answered: ShallowRef<WhatIfQuestion | null>
  roundTripMs: Ref<number | null>
  error: Ref<string | null>
}

interface Sources {
  table: Ref<BudgetsAnswer | null>
  /** How the comparison is read; null: of nothing. */
  query: () => ComparisonQuery | null
  /** Exits of a series, the final included; null while that is not known. */
  exitCountOf(series: SeriesOf): number | null
}

/** Thresholds and their effect. Requested while they change: at most once a frame, the newest wins. */
export function useWhatIf({ table, query, exitCountOf }: Sources): WhatIf {
  const { client } = useHost()
  const wanted = shallowRef<SeriesOf | null>(null)
  const chosen = computed(() => rowOf(table.value, wanted.value))
  const exitCount = computed(() => chosen.value && exitCountOf(chosen.value))
  const { range } = useThresholdRange({
    rule: () => query()?.rule ?? '',
    exits: () => exitCount.value,
    task: () => table.value?.task,
  })

  const mode = ref<'one' | 'each'>('one')
  const threshold = ref(0)
  const moved = shallowRef<readonly number[]>([])
  // Keyed by its numbers, so that the range that another regime shares leaves thresholds where they are.
  watch(
    () => range.value && [range.value.low, range.value.high, range.value.step].join(' '),
    () => {
      threshold.value = range.value ? firstThreshold(range.value) : 0
      moved.value = []
    },
    { immediate: true },
  )
  const thresholds = computed(() => perExit(moved.value, threshold.value, exitCount.value ?? 1))

  function setThreshold(exit: number, value: number): void {
    if (range.value) moved.value = thresholds.value.with(exit, onStep(value, range.value))
  }

  const question = computed<WhatIfQuestion | null>(() => {
    const read = query()
    if (!chosen.value || !range.value || !read) return null
    const each = mode.value === 'each' && thresholds.value.length > 0
    const { among, split, rule, cost } = read
    return {
      ...{ runs: chosen.value.runs, among, split, rule, cost },
      thresholds: each ? [...thresholds.value] : threshold.value,
    }
  })
  const answers = useNewestAnswer(question, (question) => askReading(client, { reading: 'what-if', question }))
  const choose = (series: SeriesOf) => (wanted.value = series)
  return { chosen, choose, range, mode, threshold, thresholds, setThreshold, ...answers }
}

/** Position of the latest response in the figure of a metric against cost. */
export function whatIfMarker({ chosen, answer, answered, range }: WhatIf, axis: CostAxisName): CostCurveMarker | null {
  // Of imported results alone, none is chosen: the last answer is for runs that are no longer compared.
  if (!chosen.value || !answer.value || !answered.value || !range.value) return null
  const { thresholds } = answered.value
  const { value, cost, backboneCost } = answer.value
  const at = typeof thresholds === 'number' ? thresholds.toFixed(thresholdDigits(range.value)) : 'one per exit'
  return {
    cost: costAxes[axis].valueOf({ cost: cost.mean, backboneCost }),
    value: value.mean,
    text: `what if: ${at}`,
  }
}

function useNewestAnswer(question: Ref<WhatIfQuestion | null>, ask: (input: WhatIfQuestion) => Promise<SeriesWhatIf>) {
  const answer = shallowRef<SeriesWhatIf | null>(null)
  const answered = shallowRef<WhatIfQuestion | null>(null)
  const roundTripMs = ref<number | null>(null)
  const error = ref<string | null>(null)
  const request = newestOnly<WhatIfQuestion, SeriesWhatIf>({
    ask,
    answered(value, input, ms) {
      answer.value = value
      answered.value = input
      roundTripMs.value = ms
      error.value = null
    },
    failed(cause) {
      error.value = messageOf(cause)
      // The last answer is to another question.
      answer.value = answered.value = null
    },
    nextFrame: (callback) => requestAnimationFrame(callback),
    nowMs: () => performance.now(),
  })
  watch(question, (input) => input && request(input), { immediate: true })
  return { answer, answered, roundTripMs, error }
}

/** The wanted row, else that of `mixed`, which the method recommends, else the last. Imported results have no samples. */
function rowOf(table: BudgetsAnswer | null, wanted: SeriesOf | null): OwnRow | null {
  const rows = ownRows(table?.rows ?? [])
  const same = rows.find(({ experiment, series }) => experiment === wanted?.experiment && series === wanted.series)
  return same ?? rows.find(({ regime }) => regime === 'mixed') ?? rows.at(-1) ?? null
}

export interface NewestOnly<Input, Answer> {
  ask(input: Input): Promise<Answer>
  /** Takes an answer, the question it belongs to, and the milliseconds it took. */
  answered(answer: Answer, input: Input, roundTripMs: number): void
  failed(error: unknown, input: Input): void
  /** Calls back when the next picture is drawn. */
  nextFrame(callback: () => void): void
  nowMs(): number
}

/**
 * Asks at most one question a frame and one at a time: of what is requested meanwhile only the newest is asked next, so
 * that a slider can be dragged as fast as one likes and answers never come out of order.
 */
export function newestOnly<Input, Answer>(work: NewestOnly<Input, Answer>): (input: Input) => void {
  let waiting: { input: Input } | null = null
  let busy = false

  async function next(): Promise<void> {
    if (waiting === null) return void (busy = false)
    const { input } = waiting
    waiting = null
    const start = work.nowMs()
    try {
      const answer = await work.ask(input)
      work.answered(answer, input, work.nowMs() - start)
    } catch (error) {
      work.failed(error, input)
    }
    work.nextFrame(next)
  }

  return (input) => {
    waiting = { input }
    if (busy) return
    busy = true
    work.nextFrame(next)
  }
}
