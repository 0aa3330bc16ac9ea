import { valuesOfSeries } from '../../../../shared/experiment/experiment-settings.ts'
import type { RunSummary } from '../../../../shared/runs/runs.ts'
import type { SettingPath } from '../../../../shared/experiment/setting-paths.ts'
import type { RunsContext } from '../run-metrics.ts'
import { settingText, shownSetting, type SettingValue } from './setting-differences.ts'

type Known = Pick<RunsContext, 'settings'>

/**
 * A setting of a run: as its series has it, with what its experiment sweeps, or as its phases have it where they have it of their own;
 * null where it has none, or is not known yet.
 */
export function settingValues(run: RunSummary, path: SettingPath, { settings }: Known): readonly SettingValue[] {
  const known = settings.get(run.experimentId)
  return known === undefined ? [null] : valuesOfSeries(known, run.series, path)
}

/** The same as one value; those of phases in words: `0.003 → 0.0001`. */
export function settingOf(run: RunSummary, path: SettingPath, known: Known): SettingValue {
  const values = settingValues(run, path, known)
  return values.length === 1 ? values[0]! : values.map(settingText).join(' → ')
}

/** What several runs have for a setting: the value that all share, at most two, the range of numbers, or how many there are. */
export interface SharedSetting {
  text: string
  /** Every value, in ascending order. */
  all: string
}

export function sharedSetting(runs: readonly RunSummary[], path: SettingPath, known: Known): SharedSetting {
  const values = [...new Map(distinctRuns(runs).map((run) => valueAndText(settingOf(run, path, known)))).values()]
  const ordered = values.toSorted(byValue)
  const texts = ordered.map(shownSetting)
  return { text: brief(ordered, texts), all: texts.join(', ') }
}

const valueAndText = (value: SettingValue) => [settingText(value), value] as const
const byValue = (a: SettingValue, b: SettingValue) =>
  typeof a === 'number' && typeof b === 'number' ? a - b : settingText(a).localeCompare(settingText(b))

function brief(values: readonly SettingValue[], texts: readonly string[]): string {
  if (texts.length <= 2) return texts.join(', ')
  const isRange = values.every((value) => typeof value === 'number')
  return isRange ? `${texts[0]} … ${texts.at(-1)}` : `${texts.length} values`
}

/** One run for each combination of experiment and swept settings: all others have the settings of one of these. */
function distinctRuns(runs: readonly RunSummary[]): RunSummary[] {
  return [...new Map(runs.map((run) => [combinationOf(run), run])).values()]
}

const combinationOf = ({ experimentId, series }: RunSummary) => `${experimentId} ${series}`

/** Runs that have the same settings: one of them, and how many they are. */
export interface SettingsCombination {
  run: RunSummary
  count: number
}

export function settingCombinations(runs: Iterable<RunSummary>): SettingsCombination[] {
  const combinations = new Map<string, SettingsCombination>()
  for (const run of runs) {
    const known = combinations.get(combinationOf(run))
    if (known) known.count++
    else combinations.set(combinationOf(run), { run, count: 1 })
  }
  return [...combinations.values()]
}

/** The combinations of before while they are the same, so that what follows from them is not worked out with each change of a run. */
export function unlessChanged(
  before: readonly SettingsCombination[] | undefined,
  now: readonly SettingsCombination[],
): readonly SettingsCombination[] {
  const isSame = (a: SettingsCombination, b: SettingsCombination) =>
    a.count === b.count && combinationOf(a.run) === combinationOf(b.run)
  return before?.length === now.length && before.every((each, at) => isSame(each, now[at]!)) ? before : now
}
