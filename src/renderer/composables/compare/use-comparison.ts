import { computed } from 'vue'
import type { Protocol, SeedReading } from '../../../shared/evaluation/evaluation.ts'
import type { ReadSplit } from '../../../shared/evaluation/read-on.ts'
import type { CostAxisName } from '../../../shared/evaluation/cost-axis.ts'
import type { CostKind } from '../../../shared/evaluation/cost-kind.ts'
import { useReading, type AskedReading } from '../use-reading.ts'
import { useRequest } from '../use-request.ts'
import { useHost } from '../../api/host.ts'
import { looksByRegime } from '../../../readings/curve/facet-series.ts'
import type { ReadingName } from '../../../readings/index.ts'
import { useImportsStore } from '../../stores/imports.ts'
import { usePreferencesStore } from '../../stores/preferences.ts'
import type { CompareChoice } from './use-compare-choice.ts'
import { provideSeriesLooks } from './use-series-looks.ts'

/** Which runs are compared, and how they are read. */
export type ComparisonQuery = {
  runs: string[]
  /** All that is compared, what is hidden or has no result yet too. */
  among: string[]
  protocol: Protocol
  split?: ReadSplit
  rule: string
  seedReading: SeedReading
  budgets: (number | null)[]
  cost: CostKind
}

/** What else of a comparison is shown, and so exported. */
type ComparisonView = {
  eachSeed: boolean
  /** Key of an overlay, `fitting`, or null: none. */
  published: string | null
  unit: 'macs' | 'flops'
}
export type BudgetsView = ComparisonView & { marked: boolean; against: string | null }
export type CurveView = ComparisonView & { axis: CostAxisName; hidden: string[]; facets: string | null }

/** The host's results of a comparison, whose marks look as its curves do. Requested again when one of its runs is done. */
export function useComparison(query: () => ComparisonQuery | null, choice: () => CompareChoice) {
  const { client } = useHost()
  const preferences = usePreferencesStore()
  const view = computed((): ComparisonView => {
    const { eachSeed, published } = choice()
    return { eachSeed, published: published === 'off' ? null : (published ?? 'fitting'), unit: preferences.macUnit }
  })
  const imports = useImportsStore()
  const answerTo = <Name extends ReadingName>(
    reading: Name,
    question: (asked: ComparisonQuery) => AskedReading<Name>['question'],
  ) =>
    useReading(() => {
      const asked = query()
      return asked && { reading, question: question(asked) }
    })
  const curves = answerTo('curve', (asked) => {
    const { eachSeed, published } = view.value
    return { ...asked, axis: choice().axis, eachSeed, published }
  })
  /** Of a comparison whose series do not differ in it, the address may still have the setting of the one before. */
  const facets = computed(() => {
    const wanted = choice().facets
    const isKnown = wanted === 'none' || curves.data.value?.factors?.some(({ path }) => path === wanted)
    return isKnown ? wanted : null
  })
  const views = {
    budgets: computed(() => ({ ...view.value, marked: true, against: choice().against })),
    curve: computed(() => ({
      ...view.value,
      axis: choice().axis,
      hidden: [...choice().undrawn],
      facets: facets.value,
    })),
  }
  provideSeriesLooks(() => curves.data.value && looksByRegime(curves.data.value, views.curve.value))
  return {
    /** What of the answers is shown. */
    views,
    curves,
    table: answerTo('budgets', (asked) => {
      const { marked, against, published } = views.budgets.value
      return { ...asked, marked, against, published }
    }),
    exits: answerTo('exits', (asked) => asked),
    published: useRequest((signal) => {
      const asked = query()
      const runs = asked?.runs.filter((id) => !imports.has(id)) ?? []
      return asked && runs.length > 0 ? client.evaluations.published({ runs, rule: asked.rule }, { signal }) : null
    }),
  }
}
