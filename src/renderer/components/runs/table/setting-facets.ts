import { settingPaths, type SettingPath } from '../../../../shared/setting-paths.ts'
import type { Settings } from '../../../stores/settings.ts'
import { settingText } from '../settings/setting-text.ts'

/** A setting, and what experiments have for it. */
export interface SettingFacet {
  path: SettingPath
  /** The commonest first. */
  values: readonly { value: string; count: number }[]
  /** Whether experiments differ in it. */
  differs: boolean
}

/** Every setting that an experiment has, those in which experiments differ first, each in the order of the experiment file. */
export function settingFacets(settings: ReadonlyMap<string, Settings>): SettingFacet[] {
  const facets = (Object.keys(settingPaths) as SettingPath[]).map((path) => facetOf(path, [...settings.values()]))
  const known = facets.filter(({ values }) => values.length > 0)
  return [...known.filter(({ differs }) => differs), ...known.filter(({ differs }) => !differs)]
}

function facetOf(path: SettingPath, all: readonly Settings[]): SettingFacet {
  const counts = new Map<string, number>()
  for (const settings of all) {
    const value = settings[path]
    if (value === undefined) continue
    const text = settingText(value)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const values = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)
  return { path, values, differs: values.length > 0 && values[0]!.count < all.length }
}

/** `0.001, 0.0003 and 2 others` */
export function valuesInWords({ values }: SettingFacet): string {
  const shown = values.slice(0, 3).map(({ value }) => value)
  return shown.join(', ') + (values.length > 3 ? ` and ${values.length - 3} others` : '')
}
