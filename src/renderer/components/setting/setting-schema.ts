import { choiceName, nullName, settingName } from './setting-words.ts'

/** As much of JSON Schema as experiment files and the parameters of analyses use. */
export interface SettingSchema {
  type?: string
  description?: string
  default?: unknown
  const?: string
  enum?: string[]
  /** Titles of the values of `enum`, where they have some. */
  enumDescriptions?: string[]
  /** Keys of the same section that each value of `enum` takes and others do not. */
  enumKeys?: string[][]
  properties?: Record<string, SettingSchema>
  required?: string[]
  items?: SettingSchema
  anyOf?: SettingSchema[]
  oneOf?: SettingSchema[]
  /** Sections that an editor may offer to write. */
  defaultSnippets?: { label: string; body: Record<string, unknown> }[]
}

type SettingControl =
  | { kind: 'choice'; options: { value: string; label: string }[] }
  /** `words`: what may be typed instead of a number; `nullWord` is the one for null. */
  | { kind: 'number'; words: string[]; nullWord: string | null }
  | { kind: 'numbers' }
  /** Lists of blocks, or ways to place exits. */
  | { kind: 'placements' }
  | { kind: 'text' }
  /** On or off. */
  | { kind: 'flag' }
  /** A section that is there or not. */
  | { kind: 'section' }

/** One setting of an experiment file or of an analysis, as a form shows it. */
export interface Setting {
  path: string[]
  /** The path with dots. */
  key: string
  name: string
  description: string
  /** What holds where nothing is written; undefined where that depends on others. */
  default: unknown
  required: boolean
  /** Whether choosing another value replaces its section, whose other keys depend on it, except for `kept`. */
  decidesSection: boolean
  /** Keys of its section that exist for every value. */
  kept?: readonly string[]
  control: SettingControl
}

/** The settings below a path in order; `values`, the values in the file there, decide which ones exist. */
export function settingsOf(schema: SettingSchema, path: string[], values: unknown): Setting[] {
  const written = isSection(values) ? values : undefined
  if (schema.oneOf !== undefined) return settingsOfVariants(schema, path, written ?? schema.default)
  if (schema.properties !== undefined) return settingsOfSection(schema, path, written)
  const section = schema.anyOf?.find((each) => each.properties !== undefined)
  const control = controlOf(schema, path.join('.'))
  if (section !== undefined && hasNull(schema)) {
    return settingsOfSwitch({ ...section, ...schema, properties: section.properties }, path, values)
  }
  return control === null ? [] : [settingOf(schema, path, control)]
}

/** The schema at a path of keys, through sections alone. */
export function schemaAt(schema: SettingSchema, path: readonly string[]): SettingSchema {
  return path.reduce((section, key) => section.properties?.[key] ?? {}, schema)
}

function settingsOfSection(
  { properties = {}, required = [] }: SettingSchema,
  path: string[],
  values: Record<string, unknown> | undefined,
): Setting[] {
  return Object.entries(properties).flatMap(([key, schema]) =>
    (isSwitched(schema) && !required.includes(key) ? settingsOfSwitch : settingsOf)(
      schema,
      [...path, key],
      values?.[key],
    ).map((setting) =>
      setting.path.length === path.length + 1 ? { ...setting, required: required.includes(key) } : setting,
    ),
  )
}

/** Whether a section that is not there by default can be there without a word: all of its keys have defaults. */
const isSwitched = ({ properties, default: fallback }: SettingSchema) =>
  properties !== undefined &&
  fallback === undefined &&
  Object.values(properties).every((each) => each.default !== undefined)

function settingsOfSwitch(schema: SettingSchema, path: string[], values: unknown): Setting[] {
  const own = settingOf(schema, path, { kind: 'section' })
  return isSection(values) ? [own, ...settingsOfSection(schema, path, values)] : [own]
}

/** Sections with several alternatives, distinguished by a key: `kind` or `family`. */
function settingsOfVariants({ oneOf = [], ...schema }: SettingSchema, path: string[], values: unknown): Setting[] {
  const written = isSection(values) ? values : undefined
  const [key] = Object.entries(oneOf[0]?.properties ?? {}).find(([, each]) => each.const !== undefined) ?? []
  if (key === undefined) return []
  const nameOf = (variant: SettingSchema) => variant.properties![key]!.const!
  const options = oneOf.map((variant) => ({ value: nameOf(variant), label: choiceName(nameOf(variant)) }))
  const fallback = isSection(schema.default) ? schema.default[key] : undefined
  const chosen = oneOf.find((variant) => nameOf(variant) === (written?.[key] ?? fallback))
  const decider = settingOf({ ...schema, default: fallback }, [...path, key], { kind: 'choice', options })
  const properties = Object.fromEntries(Object.entries(chosen?.properties ?? {}).filter(([each]) => each !== key))
  return [
    { ...decider, required: fallback === undefined, decidesSection: true, kept: commonKeys(oneOf) },
    ...settingsOfSection({ properties, required: chosen?.required }, path, written),
  ]
}

/** Keys of simple settings that all variants have; a section may mean something else in each. */
function commonKeys([first, ...others]: readonly SettingSchema[]): string[] {
  const isSimple = ({ properties, oneOf, const: fixed }: SettingSchema) => !properties && !oneOf && fixed === undefined
  const simple = Object.entries(first?.properties ?? {}).flatMap(([key, each]) => (isSimple(each) ? [key] : []))
  return simple.filter((key) => others.every(({ properties = {} }) => key in properties))
}

function settingOf(schema: SettingSchema, path: string[], control: SettingControl): Setting {
  const key = path.join('.')
  return {
    path,
    key,
    control,
    name: settingName(key),
    description: schema.description ?? '',
    default: schema.default,
    required: false,
    decidesSection: false,
  }
}

function controlOf(schema: SettingSchema, key: string): SettingControl | null {
  if (schema.enum !== undefined) {
    const labelAt = (value: string, index: number) => schema.enumDescriptions?.[index] ?? choiceName(value)
    return { kind: 'choice', options: schema.enum.map((value, index) => ({ value, label: labelAt(value, index) })) }
  }
  if (isNumber(schema)) return { kind: 'number', words: [], nullWord: null }
  if (schema.type === 'string') return { kind: 'text' }
  if (schema.type === 'boolean') return { kind: 'flag' }
  if (schema.type === 'array' && isNumber(schema.items ?? {})) return { kind: 'numbers' }
  if (schema.anyOf?.some(isNumber)) {
    const auto = schema.anyOf.some((each) => each.const === 'auto') ? ['auto'] : []
    const nullWord = hasNull(schema) ? nullName(key) : null
    return { kind: 'number', words: nullWord === null ? auto : [...auto, nullWord], nullWord }
  }
  return null
}

function isNumber({ type }: SettingSchema): boolean {
  return type === 'number' || type === 'integer'
}

function hasNull({ anyOf = [] }: SettingSchema): boolean {
  return anyOf.some(({ type }) => type === 'null')
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
