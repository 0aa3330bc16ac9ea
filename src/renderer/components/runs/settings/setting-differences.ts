import type { SettingDifferences } from '../../../../readings/given.ts'
import { count, none } from '../../../../shared/format/numbers.ts'

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

export type SettingValue = SettingDifferences['settings'][number]['values'][number]

/** Settings of one run that are not those of most of the others, with what most of them have. */
export function differingSettings(
  { runs, settings }: SettingDifferences,
  run: string,
): { path: string; own: SettingValue; common: SettingValue }[] {
  const position = runs.findIndex(({ id }) => id === run)
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
