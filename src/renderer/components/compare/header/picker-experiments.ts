import type { RunSummary } from '../../../../shared/runs.ts'

export interface PickerExperiment {
  id: string
  name: string
  /** In the order of their regimes and seeds as they were made. */
  runs: RunSummary[]
  done: number
  chosen: 'all' | 'some' | 'none'
}

/** Experiments to choose from, the newest first; those whose name, regimes or tags hold the searched text. */
export function pickerExperiments(
  runs: readonly RunSummary[],
  chosen: ReadonlySet<string>,
  search: string,
): PickerExperiment[] {
  const words = search
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '')
  return [...Map.groupBy(runs, ({ experimentId }) => experimentId)]
    .map(([id, members]) => experimentOf(id, members, chosen))
    .filter((experiment) => words.every((word) => textOf(experiment).includes(word)))
    .sort((a, b) => b.runs[0]!.createdAt - a.runs[0]!.createdAt)
}

/** The chosen runs after some were added or taken away; as before where none would be left. */
export function withRuns(chosen: ReadonlySet<string>, ids: readonly string[], on: boolean): ReadonlySet<string> {
  const next = new Set(on ? [...chosen, ...ids] : [...chosen].filter((id) => !ids.includes(id)))
  return next.size === 0 ? chosen : next
}

function experimentOf(id: string, members: RunSummary[], chosen: ReadonlySet<string>): PickerExperiment {
  const count = members.filter((run) => chosen.has(run.id)).length
  return {
    id,
    name: members[0]!.experiment,
    runs: members,
    done: members.filter(({ status }) => status === 'done').length,
    chosen: count === 0 ? 'none' : count === members.length ? 'all' : 'some',
  }
}

function textOf({ name, runs }: PickerExperiment): string {
  return [name, ...runs.flatMap(({ regime, tags }) => [regime, ...tags])].join(' ').toLowerCase()
}
