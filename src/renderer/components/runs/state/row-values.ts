import { computed } from 'vue'
import type { RunSummary } from '../../../../shared/runs/runs.ts'
import { settingPaths } from '../../../../shared/experiment/setting-paths.ts'
import { steady } from '../../../composables/steady.ts'
import { scoreKey, type ColumnId } from '../table/columns.ts'
import type { SettingFacet } from '../table/facets.ts'
import { shownSetting } from '../settings/setting-differences.ts'
import type { TableState } from './table-state.ts'

export type BaselineValues = Readonly<Partial<Record<ColumnId, number | null>>>

/** What all rows are given alike. It stays the same object while its numbers do, so that a row is drawn again only when it changes. */
export function useRowValues({ matching, pinned, queue, layout, settings }: TableState) {
  return {
    /** Accuracies (0…1) that rows are measured against, for each column that shows one. */
    baseline: steady((): BaselineValues => {
      const keys = layout.value.shown.map((id) => [id, scoreKey(id)] as const)
      const values = keys.flatMap(([id, key]) =>
        key === null ? [] : [[id, pinned.value?.summary.score(key)?.mean ?? null] as const],
      )
      return Object.fromEntries(values)
    }),
    /** Accuracies at the foot and the head of every sparkline. */
    range: steady(() => scoreRange(matching.value)),
    /** Run id → its position in the queue, from 1. */
    positions: computed(() => new Map(queue.value.map((id, index) => [id, index + 1]))),
    /** Characters of the longest number in columns of seeds and settings, which no number may be cut in. */
    longest: steady((): Partial<Record<ColumnId, number>> => {
      const ofSettings = settings.value.filter(({ path }) => settingPaths[path] === 'number').map(lengthOf)
      const seed = matching.value.reduce((most, run) => Math.max(most, String(run.seed).length), 0)
      return Object.fromEntries([...ofSettings, ['seed', seed]])
    }),
  }
}

/** Where runs differ, the row of a group shows two of its numbers: `0.002 … 0.01`. */
function lengthOf({ path, values, differs }: SettingFacet): [ColumnId, number] {
  const longest = Math.max(
    ...values.map(({ value }) => shownSetting(Number.isNaN(Number(value)) ? value : Number(value)).length),
  )
  return [path, differs ? 2 * longest + 3 : longest]
}

/** The range of the validation scores of all exits, in steps of 5 %. */
function scoreRange(runs: readonly RunSummary[]): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  const take = (value: number) => {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  for (const { scores, latest } of runs) {
    if (scores === null) latest?.exits.forEach(({ value }) => take(value))
    else scores.validation.forEach(take)
  }
  return low > high ? [0, 1] : [Math.floor(low * 20) / 20, Math.ceil(high * 20) / 20]
}
