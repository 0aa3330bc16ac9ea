import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { useIntervalFn } from '@vueuse/core'
import { storeToRefs } from 'pinia'
import type { RunSummary } from '../../../../shared/runs/runs.ts'
import { usePreference } from '../../../composables/use-preference.ts'
import { useRunsListStore } from '../../../stores/runs-list.ts'
import { useRunsStore } from '../../../stores/runs.ts'
import { useSettingsStore } from '../../../stores/settings.ts'
import { exitMeaning, fieldKeys } from '../query/fields.ts'
import { conditionOfQuery, parseQuery } from '../query/parse-query.ts'
import type { Query } from '../query/parse-query.ts'
import { pinned, readBaseline } from '../table/baseline.ts'
import type { Baseline, PinnedBaseline } from '../table/baseline.ts'
import { readLayout, defaultLayout } from '../table/column-layout.ts'
import type { ColumnLayout } from '../table/column-layout.ts'
import type { ColumnId } from '../table/columns.ts'
import { shortKeyOf } from '../query/setting-keys.ts'
import { settingCombinations, unlessChanged, type SettingsCombination } from '../settings/run-settings.ts'
import type { Known } from '../query/suggestions.ts'
import { facetsOf, knownValues, settingFacets, valuesInWords } from '../table/facets.ts'
import type { Facets, SettingFacet } from '../table/facets.ts'
import { groupChoice } from '../table/group-keys.ts'
import type { GroupChoice } from '../table/group-keys.ts'
import { groupRuns, groupsByPath } from '../table/groups.ts'
import type { Group } from '../table/groups.ts'
import { inNaturalOrder, inOrder, readSort } from '../table/order.ts'
import type { Sort } from '../table/order.ts'
import { rowsOf } from '../table/rows.ts'
import type { TableRow } from '../table/rows.ts'
import type { MeansOver } from '../table/summary.ts'
import type { RunsContext } from '../run-metrics.ts'
import { useRunsAddress } from './use-runs-address.ts'

/** What of the table is chosen, and what follows from it. */
export interface TableState {
  text: Ref<string>
  group: Ref<GroupChoice>
  sort: Ref<Sort>
  layout: Ref<ColumnLayout>
  over: Ref<MeansOver>
  /** Paths of the groups that are closed. */
  collapsed: Ref<ReadonlySet<string>>
  baseline: Ref<Baseline | null>
  query: ComputedRef<Query>
  /** Runs that the query lets through; none while it has a mistake. */
  matching: ComputedRef<readonly RunSummary[]>
  /** That all of them are of; undefined: classification; null: they are of several. */
  task: ComputedRef<RunSummary['task'] | null>
  groups: ComputedRef<readonly Group[]>
  rows: ComputedRef<readonly TableRow[]>
  facets: ComputedRef<Facets>
  settings: ComputedRef<readonly SettingFacet[]>
  /** For suggestions in the query. */
  known: Known
  pinned: ComputedRef<PinnedBaseline | null>
  /** Ids of the runs that wait, in the order they will be taken. */
  queue: ComputedRef<readonly string[]>
}

const timelyKeys: ReadonlySet<string | null> = new Set(['eta', 'speed', 'took', 'age'])
const timelyColumns: ReadonlySet<ColumnId> = new Set(['eta', 'speed', 'duration'])

export function useTableState(): TableState {
  const store = useRunsStore()
  const { text, group } = useRunsAddress()
  const sort = usePreference<Sort>('runs.sort', null, readSort)
  const layout = usePreference<ColumnLayout>('runs.columns', defaultLayout, readLayout)
  const over = usePreference<MeansOver>('runs.means', 'done', (kept) => (kept === 'all' ? 'all' : 'done'))
  const baseline = usePreference<Baseline | null>('runs.baseline', null, readBaseline)
  const { collapsed } = storeToRefs(useRunsListStore())
  const contextOf = useRunsContext()
  const known = useSettingsStore()

  const facets = computed(() => facetsOf(store.runs.values()))
  const query = computed(() =>
    parseQuery(
      text.value,
      facets.value.regimes.map(({ value }) => value),
    ),
  )
  const matching = computed(() => {
    if (query.value.problems.length > 0) return []
    const condition = conditionOfQuery(query.value)
    const context = contextOf(query.value.terms.some(({ key }) => timelyKeys.has(key)))
    return [...store.runs.values()].filter((run) => condition(run, context))
  })
  const sortContext = () => contextOf(sort.value !== null && timelyColumns.has(sort.value.column))
  let before: ReadonlyMap<string, Group> = new Map()
  // Means depend on settings: they are recomputed once those change.
  watch([over, () => known.byExperiment], () => (before = new Map()), { flush: 'sync' })
  const sorted = computed(() => {
    const grouped = group.value !== 'none'
    const runs = grouped ? matching.value.toSorted((a, b) => a.position - b.position) : inNaturalOrder(matching.value)
    return sort.value === null ? runs : inOrder(runs, sort.value, sortContext())
  })
  const groups = computed(() => {
    const { keys } = groupChoice(group.value)
    const options = { keys, sort: sort.value, over: over.value, context: sortContext(), before }
    const grouped = groupRuns(sorted.value, options)
    before = groupsByPath(grouped)
    return grouped
  })
  const combinations = computed((before?: readonly SettingsCombination[]) =>
    unlessChanged(before, settingCombinations(store.runs.values())),
  )
  const settings = computed(() => settingFacets(combinations.value, { settings: known.byExperiment }))
  return {
    text,
    group,
    sort,
    layout,
    over,
    collapsed,
    baseline,
    query,
    matching,
    task: computed(() => {
      const [first] = matching.value
      return matching.value.every(({ task }) => task === first!.task) ? first?.task : null
    }),
    groups,
    rows: computed(() =>
      group.value === 'none' ? rowsOf(sorted.value, [], collapsed.value) : rowsOf([], groups.value, collapsed.value),
    ),
    facets,
    settings,
    known: {
      keys: () => [...exitKeys(facets.value), ...settings.value.map(settingKey)],
      values: (key) => [...knownValues(facets.value, key), ...settingValues(settings.value, key)],
    },
    pinned: computed(() =>
      pinned(baseline.value, store.runs.values(), { over: over.value, context: contextOf(false) }),
    ),
    queue: computed(() => queueOf(store.runs.values())),
  }
}

function exitKeys({ heads }: Facets): ReturnType<Known['keys']> {
  const exits = ['mean' as const, ...Array(heads).keys()]
  return (['validation', 'test'] as const).flatMap((split) =>
    exits.map((exit) => {
      const key = `${split === 'test' ? split : 'val'}.${exit === 'mean' ? exit : `exit${exit}`}`
      return { key, path: key, meaning: exitMeaning({ split, exit }) }
    }),
  )
}

function settingKey(facet: SettingFacet): ReturnType<Known['keys']>[number] {
  return { key: shortKeyOf(facet.path, fieldKeys), path: facet.path, meaning: `${facet.path}: ${valuesInWords(facet)}` }
}

/** `key` names one setting, or several that are requested together. */
function settingValues(settings: readonly SettingFacet[], key: string): ReturnType<Known['values']> {
  const asked = settings.filter(({ path }) => key.split(' ').includes(path))
  return asked.flatMap(({ values }) => values)
}

function queueOf(runs: Iterable<RunSummary>): string[] {
  const waiting = [...runs].filter(({ status }) => status === 'queued')
  return waiting.sort((a, b) => a.position - b.position).map(({ id }) => id)
}

/**
 * The present for filters and sorts that ask for it, once a second: an order that changes with every batch could not be read.
 * Those that do not ask get a context without time, so that nothing is worked out again because time passes.
 */
function useRunsContext(): (timely: boolean) => RunsContext {
  const store = useRunsStore()
  const known = useSettingsStore()
  const now = () => ({ nowMs: Date.now(), progress: store.progress })
  const present = shallowRef(now())
  useIntervalFn(() => (present.value = now()), 1000)
  const still = computed<RunsContext>(() => ({ nowMs: 0, progress: new Map(), settings: known.byExperiment }))
  return (timely) => (timely ? { ...present.value, settings: known.byExperiment } : still.value)
}
