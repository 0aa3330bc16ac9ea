import { computed, shallowRef } from 'vue'
import type { ComputedRef } from 'vue'
import type { SharedName } from '../../../contract/runs.ts'
import type { ImportedResult } from '../../../shared/runs/imported.ts'
import { useImportsStore } from '../../stores/imports.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { experimentsWithResults } from '../analyses/analysed-experiments.ts'
import { steady } from '../steady.ts'
import { useSettledAddress } from '../use-address.ts'
import type { CompareChoice } from './use-compare-choice.ts'
import type { ComparisonQuery } from './use-comparison.ts'
import { meaningOf } from '../../../shared/runs/references.ts'
import type { Referent } from '../../../shared/runs/references.ts'
import { taskInfoOf } from '../../../shared/methods/task.ts'
import type { RunSummary } from '../../../shared/runs/runs.ts'

/** Compared runs: those in the address; by default, the newest experiment with a result, which is then written to the address. */
export function useComparedRuns(choice: ComputedRef<CompareChoice>) {
  const store = useRunsStore()
  const imports = useImportsStore()
  const newest = computed(() => experimentsWithResults(store.list)[0]?.id ?? null)
  /** Names that the address had, with what else they could have meant. */
  const shared = useNamesAsIds(choice, newest)
  const references = computed(() => (choice.value.runs.length > 0 ? choice.value.runs : [newest.value ?? []].flat()))
  /** All that are chosen, hidden or not. */
  const runs = computed(() => comparedRuns(references.value, store.list, imports.list))
  /** Runs that are not hidden. */
  const shown = computed(() => withoutHidden(runs.value, choice.value.hidden))
  /** Runs of exports and requests: all shown runs that are done. Null while none is. */
  const query = steady(() => {
    const { done, imports } = shown.value
    return done.length + imports.length === 0 ? null : queryOf(shown.value, runs.value, choice.value)
  })
  return { runs, shown, shared, query }
}

/** Puts ids in the place of names in the address. @returns the names that are shared; they are known until others are chosen. */
function useNamesAsIds(choice: ComputedRef<CompareChoice>, newest: ComputedRef<string | null>) {
  const store = useRunsStore()
  const shared = shallowRef<readonly SharedName[]>([])
  let settledText: string | null = null
  useSettledAddress('runs', (text) => {
    if (text === null) return newest.value
    if (!store.loaded || text === settledText) return null
    shared.value = sharedNames(choice.value.runs, store.list)
    settledText = asIds(choice.value.runs, store.list).join(',')
    return settledText
  })
  return shared
}

/** Ids of everything that is compared. */
export const allIds = ({ done, waiting, imports }: ComparedRuns): string[] =>
  [...done, ...waiting, ...imports].map(({ id }) => id)

function queryOf(
  { done, imports }: ComparedRuns,
  all: ComparedRuns,
  { protocol, split, rule, seedReading, budgets, cost }: CompareChoice,
): ComparisonQuery {
  const ids = [...done, ...imports].map(({ id }) => id)
  const first = done[0] ?? imports[0]!.content
  return {
    runs: ids,
    among: allIds(all),
    protocol,
    ...(split && { split }),
    rule: rule ?? taskInfoOf(first).exitRule,
    seedReading,
    budgets: [...budgets],
    cost,
  }
}

/** The runs that references refer to. */
export interface ComparedRuns {
  done: RunSummary[]
  /** Runs without a result. */
  waiting: RunSummary[]
  /** Those that are chosen, and those of the experiments that are. */
  imports: readonly ImportedResult[]
  /** References that fit no run, experiment or imported result. */
  unknown: string[]
}

/** Sorts what references name: runs and experiments by id, name, or an id cut short, imported results by id or name. */
export function comparedRuns(
  references: readonly string[],
  runs: readonly RunSummary[],
  imports: readonly ImportedResult[] = [],
): ComparedRuns {
  const named = references.map((reference) => ({ reference, runs: runsNamed(reference, runs) }))
  const chosen = [...new Set(named.flatMap((each) => each.runs))]
  const experiments = new Set(chosen.map(({ experiment }) => experiment))
  const isNamed = ({ id, name, experiment }: ImportedResult, reference: string) =>
    [id, name, experiment].includes(reference)
  const found = imports.filter(
    (each) =>
      references.some((reference) => isNamed(each, reference)) ||
      (each.experiment !== null && experiments.has(each.experiment)),
  )
  return {
    done: chosen.filter(({ status }) => status === 'done'),
    waiting: chosen.filter(({ status }) => status !== 'done'),
    imports: found,
    unknown: named.flatMap(({ reference, runs: own }) =>
      own.length === 0 && !found.some((each) => isNamed(each, reference)) ? [reference] : [],
    ),
  }
}

/** The same without some runs; all of them where none that is done would be left. */
export function withoutHidden(compared: ComparedRuns, hidden: readonly string[]): ComparedRuns {
  const isShown = ({ id }: RunSummary) => !hidden.includes(id)
  const done = compared.done.filter(isShown)
  if (done.length === 0) return compared
  return { ...compared, done, waiting: compared.waiting.filter(isShown) }
}

/** References as ids, which stay valid when newer runs have the same name; unknown references are unchanged. */
export function asIds(references: readonly string[], runs: readonly RunSummary[]): string[] {
  return references.map((reference) => {
    const { meant } = meaning(reference, runs)
    return meant.length === 1 ? meant[0]!.id : reference
  })
}

/** Names among the references that several experiments or runs share. */
export function sharedNames(references: readonly string[], runs: readonly RunSummary[]): SharedName[] {
  return references.flatMap((reference) => {
    const { meant, older } = meaning(reference, runs)
    if (older.length === 0) return []
    const [newest, ...others] = [...meant, ...older].map(({ id, createdAt }) => ({ id, createdAt }))
    return [{ reference, kind: meant[0]!.kind, meant: newest!, older: others }]
  })
}

/** The shortest references to a set of runs: an experiment replaces all its runs, including later ones. */
export function referencesTo(chosen: ReadonlySet<string>, runs: readonly RunSummary[]): string[] {
  const byExperiment = Map.groupBy(runs, ({ experimentId }) => experimentId)
  return [...byExperiment].flatMap(([experimentId, members]) => {
    const ids = members.map(({ id }) => id).filter((id) => chosen.has(id))
    return ids.length === members.length ? [experimentId] : ids
  })
}

/** The runs of a reference; none if it is ambiguous. */
function runsNamed(reference: string, runs: readonly RunSummary[]): RunSummary[] {
  const { meant } = meaning(reference, runs)
  return meant.length === 1 ? meant[0]!.runs : []
}

/** As the host resolves it. */
function meaning(reference: string, runs: readonly RunSummary[]) {
  const mentioned = runs.filter(({ id, experimentId, name, experiment }) =>
    [id, experimentId, name, experiment].some((each) => each.startsWith(reference)),
  )
  return meaningOf(reference, [...mentioned.map(asRun), ...experimentsOf(mentioned)])
}

type Found = Referent & { runs: RunSummary[] }

function asRun(run: RunSummary): Found {
  return { ...run, kind: 'run', runs: [run] }
}

/** Experiments that a reference may mean. */
export function experimentsOf(runs: readonly RunSummary[]): Found[] {
  return [...Map.groupBy(runs, ({ experimentId }) => experimentId)].map(([id, members]) => ({
    kind: 'experiment',
    id,
    name: members[0]!.experiment,
    runs: members,
    createdAt: Math.max(...members.map(({ createdAt }) => createdAt)),
    deleted: members.every(({ deleted }) => deleted),
  }))
}
