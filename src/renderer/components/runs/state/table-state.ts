import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { RunSummary } from '../../../../shared/runs.ts'
import { usePreferencesStore } from '../../../stores/preferences.ts'
import { useRunsStore } from '../../../stores/runs.ts'
import { useSettingsStore } from '../../../stores/settings.ts'
import { fieldKeys } from '../query/fields.ts'
import { conditionOfQuery, parseQuery, type Query } from '../query/parse-query.ts'
import { pinned, readBaseline, type Baseline, type PinnedBaseline } from '../table/baseline.ts'
import { readLayout, usualLayout, type ColumnLayout } from '../table/column-layout.ts'
import type { ColumnId } from '../table/columns.ts'
import { shortKeyOf } from '../query/setting-keys.ts'
import type { Known } from '../query/suggestions.ts'
import { facetsOf, knownValues, type Facets } from '../table/facets.ts'
import { groupChoice, type GroupChoice } from '../table/group-keys.ts'
import { groupRuns, groupsByPath, type Group } from '../table/groups.ts'
import { inNaturalOrder, inOrder, readSort, type Sort } from '../table/order.ts'
import { rowsOf, type TableRow } from '../table/rows.ts'
import { settingFacets, valuesInWords, type SettingFacet } from '../table/setting-facets.ts'
import type { MeansOver } from '../table/summary.ts'
import { useAddress } from './address.ts'
import { useMoment } from './moment.ts'

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
  const { text, group } = useAddress()
  const sort = usePreference<Sort>('runs.sort', null, readSort)
  const layout = usePreference<ColumnLayout>('runs.columns', usualLayout, readLayout)
  const over = usePreference<MeansOver>('runs.means', 'done', (kept) => (kept === 'all' ? 'all' : 'done'))
  const baseline = usePreference<Baseline | null>('runs.baseline', null, readBaseline)
  const collapsed = shallowRef<ReadonlySet<string>>(new Set())
  const momentOf = useMoment()
  const known = useSettingsStore()

  const query = computed(() => parseQuery(text.value))
  const matching = computed(() => {
    if (query.value.problems.length > 0) return []
    const condition = conditionOfQuery(query.value)
    const moment = momentOf(query.value.terms.some(({ key }) => timelyKeys.has(key)))
    return [...store.runs.values()].filter((run) => condition(run, moment))
  })
  const sortMoment = () => momentOf(sort.value !== null && timelyColumns.has(sort.value.column))
  let before: ReadonlyMap<string, Group> = new Map()
  // Means depend on settings: none is handed on once those are others.
  watch([over, () => known.byExperiment], () => (before = new Map()), { flush: 'sync' })
  const groups = computed(() => {
    const { keys } = groupChoice(group.value)
    const runs = matching.value.toSorted((a, b) => a.position - b.position)
    const grouped = groupRuns(runs, { keys, sort: sort.value, over: over.value, moment: sortMoment(), before })
    before = groupsByPath(grouped)
    return grouped
  })
  const ungrouped = computed(() => {
    const runs = inNaturalOrder(matching.value)
    return sort.value === null ? runs : inOrder(runs, sort.value, sortMoment())
  })
  const facets = computed(() => facetsOf(store.runs.values()))
  const settings = computed(() => settingFacets(known.byExperiment))
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
    groups,
    rows: computed(() =>
      group.value === 'none' ? rowsOf(ungrouped.value, [], collapsed.value) : rowsOf([], groups.value, collapsed.value),
    ),
    facets,
    settings,
    known: {
      keys: () => [...exitKeys(facets.value), ...settings.value.map(settingKey)],
      values: (key) => [...knownValues(facets.value, key), ...settingValues(settings.value, key)],
    },
    pinned: computed(() => pinned(baseline.value, store.runs.values(), { over: over.value, moment: momentOf(false) })),
    queue: computed(() => queueOf(store.runs.values())),
  }
}

function exitKeys({ heads }: Facets): ReturnType<Known['keys']> {
  return ['validation', 'test'].flatMap((split) =>
    Array.from({ length: heads }, (_, exit) => {
      const key = `${split === 'test' ? split : 'val'}.exit${exit}`
      return { key, path: key, meaning: `${split} accuracy of exit ${exit} (%)` }
    }),
  )
}

function settingKey(facet: SettingFacet): ReturnType<Known['keys']>[number] {
  return { key: shortKeyOf(facet.path, fieldKeys), path: facet.path, meaning: `${facet.path}: ${valuesInWords(facet)}` }
}

/** `key` names one setting, or several that are asked for together. */
function settingValues(settings: readonly SettingFacet[], key: string): ReturnType<Known['values']> {
  const asked = settings.filter(({ path }) => key.split(' ').includes(path))
  return asked.flatMap(({ values }) => values.map((each) => ({ ...each, of: 'experiment' as const })))
}

function queueOf(runs: Iterable<RunSummary>): string[] {
  const waiting = [...runs].filter(({ status }) => status === 'queued')
  return waiting.sort((a, b) => a.position - b.position).map(({ id }) => id)
}

/** A choice that is kept for the next visit. */
function usePreference<Value>(key: string, usual: Value, read: (kept: unknown) => Value): Ref<Value> {
  const preferences = usePreferencesStore()
  const value = ref(read(preferences.read<unknown>(key, usual))) as Ref<Value>
  return computed({
    get: () => value.value,
    set: (chosen) => {
      value.value = chosen
      preferences.write(key, chosen)
    },
  })
}
