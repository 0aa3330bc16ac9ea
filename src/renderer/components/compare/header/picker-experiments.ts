import type { RunSummary } from '../../../../shared/runs/runs.ts'
import type { ComparedRuns } from '../../../composables/compare/use-compared-runs.ts'
import type { ImportedResult } from '../../../../shared/runs/imported.ts'
import { distinctNames } from '../../../composables/analyses/analysed-experiments.ts'

export interface PickerExperiment {
  id: string
  name: string
  /** In the order of their regimes and seeds as they were made. */
  runs: RunSummary[]
  done: number
  chosen: 'all' | 'some' | 'none'
}

/** Experiments to choose from, newest first, that match the searched text by name, regime or tag. */
export function pickerExperiments(
  runs: readonly RunSummary[],
  chosen: ReadonlySet<string>,
  search: string,
): PickerExperiment[] {
  const words = search
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '')
  const byId = [...Map.groupBy(runs, ({ experimentId }) => experimentId)]
  const names = distinctNames(
    byId.map(([id, [first]]) => ({ id, name: first!.experiment, createdAt: first!.createdAt })),
  )
  return byId
    .map(([id, members]) => ({ ...experimentOf(id, members, chosen), name: names.get(id)! }))
    .filter((experiment) => words.every((word) => textOf(experiment).includes(word)))
    .sort((a, b) => b.runs[0]!.createdAt - a.runs[0]!.createdAt)
}

/** The selected runs after some were added or taken away; as before where nothing would be left. */
export function withRuns(
  chosen: ReadonlySet<string>,
  ids: readonly string[],
  on: boolean,
  { mayBeNone = false } = {},
): ReadonlySet<string> {
  const next = new Set(on ? [...chosen, ...ids] : [...chosen].filter((id) => !ids.includes(id)))
  return next.size === 0 && !mayBeNone ? chosen : next
}

function experimentOf(id: string, members: RunSummary[], chosen: ReadonlySet<string>) {
  const count = members.filter((run) => chosen.has(run.id)).length
  return {
    id,
    runs: members,
    done: members.filter(({ status }) => status === 'done').length,
    chosen: count === 0 ? 'none' : count === members.length ? 'all' : 'some',
  } as const
}

function textOf({ name, runs }: PickerExperiment): string {
  return [name, ...runs.flatMap(({ regime, tags }) => [regime, ...tags])].join(' ').toLowerCase()
}

/** The seeds of one imported series. */
export interface PickerSeries {
  name: string
  experiment: string | null
  ids: string[]
  /** `with-experiment`: shown because its experiment is. */
  state: 'chosen' | 'with-experiment' | 'not-chosen'
}

/** Imported series to choose from, the newest first; those whose name or experiment hold the searched text. */
export function pickerImports(
  imports: readonly ImportedResult[],
  { done, waiting, imports: shown }: Pick<ComparedRuns, 'done' | 'waiting' | 'imports'>,
  search: string,
): PickerSeries[] {
  const experiments = new Set([...done, ...waiting].map(({ experiment }) => experiment))
  const groups = [...Map.groupBy(imports, ({ experiment, name }) => JSON.stringify([experiment, name])).values()]
  const text = search.trim().toLowerCase()
  return groups
    .map((members): PickerSeries => {
      const { name, experiment } = members[0]!
      const isShown = members.some(({ id }) => shown.some((each) => each.id === id))
      const state = experiment !== null && experiments.has(experiment) ? 'with-experiment' : isShown ? 'chosen' : 'not-chosen' // prettier-ignore
      return { name, experiment, ids: members.map(({ id }) => id), state }
    })
    .filter(({ name, experiment }) => `${name} ${experiment ?? ''}`.toLowerCase().includes(text))
    .reverse()
}
