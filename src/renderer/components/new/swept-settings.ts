import { count, plural } from '../../../shared/format/numbers.ts'
import type { Json } from '../../../shared/basics/json.ts'
import { settingOwners } from '../../../shared/experiment/setting-paths.ts'
import { sweepablePaths, sweptSettings, withSettings, type Sweep } from '../../../shared/experiment/sweep.ts'
import { schemaAt, settingsOf, type Setting, type SettingSchema } from '../setting/setting-schema.ts'
import { isChanged, typedValue, TypedText, valueAt, valueText } from '../setting/setting-value.ts'
import { takesDataKey } from './data-keys.ts'
import type { ExperimentDraft } from './use-experiment-draft.ts'
import { readYamlText, writtenValue, type Item } from './yaml-text.ts'

/** Values to write for a swept setting: one by one, or as the text of their list. */
export type TypedList = readonly Item[] | TypedText

type Values = Readonly<Record<string, unknown>>

/** The lists of a sweep as a file has them, by the paths of their settings; a list that is none has no values. */
export function sweptLists({ sweep }: Values): Map<string, Json[]> {
  if (typeof sweep !== 'object' || sweep === null || Array.isArray(sweep)) return new Map()
  return new Map(Object.entries(sweep).map(([key, list]) => [key, Array.isArray(list) ? (list as Json[]) : []]))
}

/** A file with the first value of each swept setting. */
export function firstOfSweep(values: Values): Values {
  return firstWith(values, {})
}

function firstWith(values: Values, chosen: Sweep): Values {
  const lists = [...sweptLists(values)].filter(([key, list]) => list.length > 0 && sweepablePaths.includes(key))
  const first = Object.fromEntries(lists.map(([key, [value]]) => [key, [value!]]))
  return withSettings(values, sweptSettings({ ...first, ...chosen })[0]!)
}

/** A file with the first value of each swept setting, and one with each value of those that decide which others there are. */
function filesOfSweep(values: Values): Values[] {
  const lists = sweptLists(values)
  const deciding = new Set(Object.values(settingOwners).map(({ setting }) => setting))
  const chosen = [...deciding].flatMap((path) => (lists.get(path) ?? []).map((value) => ({ [path]: [value] })))
  return [firstOfSweep(values), ...chosen.map((sweep) => firstWith(values, sweep))]
}

/** Settings that a file can sweep, those that it sweeps included. */
export function sweepableSettings(schema: SettingSchema, values: Values): Setting[] {
  const sections = ['data', 'network', 'objective', 'training']
  const settings = filesOfSweep(values).flatMap((file) =>
    sections.flatMap((key) => settingsOf(schemaAt(schema, [key]), [key], file[key])),
  )
  const sweepable = [...settings, exitsOf(schema)].filter(
    ({ key, path, control }) =>
      sweepablePaths.includes(key) &&
      control.kind !== 'section' &&
      (path[0] !== 'data' || takesDataKey(schema, values, path[1]!)),
  )
  return [...new Map(sweepable.map((setting) => [setting.key, setting])).values()]
}

/** Where exits sit, which has a section of its own in the form. */
function exitsOf(schema: SettingSchema): Setting {
  const [network] = schemaAt(schema, ['network']).oneOf ?? []
  const { description = '' } = network?.properties?.['exits'] ?? {}
  const known = { required: false, decidesSection: false, default: undefined, description }
  return { ...known, path: ['network', 'exits'], key: 'network.exits', name: 'Exits', control: { kind: 'placements' } }
}

/** Sweeps a setting, beginning with the value that it has; the sweep is then the one place that gives it. */
export function addToSweep(draft: ExperimentDraft, setting: Setting): void {
  const { key, path } = setting
  const value = valueAt(draft.values.value, path) ?? setting.default ?? firstChoice(setting)
  const typed = isPlain(value) ? (writtenValue(draft.text.value, path) ?? JSON.stringify(value)) : JSON.stringify(value)
  draft.set(path, undefined)
  draft.set(['sweep', key], new TypedText(value === undefined ? '[]' : `[${typed}]`))
}

function firstChoice({ control }: Setting): string | undefined {
  return control.kind === 'choice' ? control.options[0]?.value : undefined
}

/** Takes a setting out of the sweep; it keeps the first of its values. */
export function removeFromSweep(draft: ExperimentDraft, setting: Setting): void {
  const { key, path } = setting
  const first = sweptLists(draft.values.value).get(key)?.[0]
  const typed = writtenValue(draft.text.value, ['sweep', key, 0])
  draft.set(['sweep', key], undefined)
  if (first === undefined || !sweepablePaths.includes(key) || !isChanged(setting, first)) return
  draft.set(path, typeof first === 'number' ? new TypedText(typed!) : first)
}

/** The values of a swept setting in one line, as their author wrote them: `1e-3, 3e-3`, `[3, 3, 3], [2, 2, 2]`. */
export function listText(setting: Setting, text: string, list: readonly Json[]): string {
  const item = (value: Json, index: number) => {
    if (typeof value === 'number') return writtenValue(text, ['sweep', setting.key, index]) ?? String(value)
    return isPlain(value) ? valueText(setting, value) : JSON.stringify(value).replaceAll(',', ', ')
  }
  return list.map(item).join(', ')
}

/** What was typed as the values of a setting: a list to write; null where it cannot be read as one. */
export function typedList(setting: Setting, typed: string): TypedList | null {
  if (setting.control.kind === 'number') {
    const parts = typed.split(/[\s,]+/).filter((part) => part !== '')
    return parts.map((part) => typedValue(setting, part) as Item)
  }
  const list = `[${typed}]`
  const reading = readYamlText(`list: ${list}`)
  return 'values' in reading && Array.isArray(reading.values.list) ? new TypedText(list) : null
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

/** `2 combinations × 3 regimes = 6 series × 2 seeds = 12 runs`. */
export function sweepWords(lists: ReadonlyMap<string, readonly Json[]>, regimes: number, seeds: number): string {
  const combinations = sweptSettings(Object.fromEntries(lists) as Sweep).length
  const series = combinations * regimes
  return [
    `${plural(combinations, 'combination')} × ${plural(regimes, 'regime')}`,
    `${count(series)} series × ${plural(seeds, 'seed')}`,
    plural(series * seeds, 'run'),
  ].join(' = ')
}
