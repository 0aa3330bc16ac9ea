import { count, none, plural } from '../../../../shared/format/numbers.ts'
import type { HostClient } from '../../../../contract/index.ts'
import type { RunSummary } from '../../../../shared/runs.ts'

/** Text of a setting's value; a dash if it is missing. */
export function settingText(value: SettingValue): string {
  if (value === null) return none
  if (Array.isArray(value)) return `[${value.map(settingText).join(', ')}]`
  if (typeof value === 'object') return `{ ${Object.entries(value).map(([key, each]) => `${key}: ${settingText(each)}`).join(', ')} }` // prettier-ignore
  return String(value)
}

/** A setting as it is shown: large whole numbers with their thousands. What is typed or compared has them without. */
export function shownSetting(value: SettingValue): string {
  return typeof value === 'number' && Number.isInteger(value) ? count(value) : settingText(value)
}

export type Difference = Awaited<ReturnType<HostClient['runs']['difference']>>
export type SettingValue = Difference['settings'][number]['values'][number]

/** Settings of one run that are not those of most of the others, with what most of them have. */
export function differingSettings(
  { runs, settings }: Difference,
  run: string,
): { path: string; own: SettingValue; common: SettingValue }[] {
  const position = runs.indexOf(run)
  return settings
    .map(({ path, values }) => ({ path, own: values[position]!, common: commonest(values.toSpliced(position, 1)) }))
    .filter(({ own, common }) => JSON.stringify(own) !== JSON.stringify(common))
}

function commonest(values: readonly SettingValue[]): SettingValue {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(JSON.stringify(value), (counts.get(JSON.stringify(value)) ?? 0) + 1)
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return most === undefined ? null : (JSON.parse(most[0]) as SettingValue)
}

/** Runs that agree in everything but their seeds. */
export interface DifferenceColumn {
  runs: readonly RunSummary[]
  /** The name of the run, or the experiment and how many seeds. */
  title: string
  /** One for each setting; seeds with commas between them. */
  cells: readonly string[]
}

/** Runs side by side; runs that differ only in their seeds share a column. */
export function differenceColumns(
  { runs: ids, settings }: Difference,
  runs: readonly RunSummary[],
): DifferenceColumn[] {
  const valuesOf = ({ id }: RunSummary) => {
    const position = ids.indexOf(id)
    return settings.map(({ values }) => shownSetting(values[position] ?? null))
  }
  const others = (run: RunSummary) => JSON.stringify(valuesOf(run).filter((_, at) => settings[at]!.path !== 'seed'))
  return [...Map.groupBy(runs, others).values()].map((own) => ({
    runs: own,
    title: own.length === 1 ? own[0]!.name : `${own[0]!.experiment}, ${plural(own.length, 'seed')}`,
    cells: valuesOf(own[0]!).map((text, at) =>
      settings[at]!.path === 'seed' ? own.map(({ seed }) => seed).join(', ') : text,
    ),
  }))
}
