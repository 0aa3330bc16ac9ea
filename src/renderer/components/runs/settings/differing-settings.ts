import type { HostClient } from '../../../../shared/contract.ts'

export type Difference = Awaited<ReturnType<HostClient['runs']['difference']>>
export type SettingValue = Difference['settings'][number]['values'][number]

/** Settings of one run that are not those of most of the others, with what most of them have. */
export function differingSettings(
  { runs, settings }: Difference,
  run: string,
): { path: string; own: SettingValue; usual: SettingValue }[] {
  const place = runs.indexOf(run)
  return settings
    .map(({ path, values }) => ({ path, own: values[place]!, usual: commonest(values.toSpliced(place, 1)) }))
    .filter(({ own, usual }) => JSON.stringify(own) !== JSON.stringify(usual))
}

function commonest(values: readonly SettingValue[]): SettingValue {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(JSON.stringify(value), (counts.get(JSON.stringify(value)) ?? 0) + 1)
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return most === undefined ? null : (JSON.parse(most[0]) as SettingValue)
}
