/** The part of a JSON schema that defines defaults. */
interface Schema {
  default?: unknown
  const?: unknown
  properties?: Record<string, Schema>
  anyOf?: Schema[]
  oneOf?: Schema[]
}

/**
 * Defaults of the settings that a configuration has, by their path (`training.learningRate`). Settings without a default, and
 * those whose default is decided only when the file is read (`auto`), have none.
 */
export function settingDefaults(schema: unknown, configuration: unknown): ReadonlyMap<string, unknown> {
  const defaults = new Map<string, unknown>()
  collect(schema as Schema, configuration, [], defaults)
  return defaults
}

function collect(schema: Schema, value: unknown, path: readonly string[], defaults: Map<string, unknown>): void {
  for (const [key, entry] of Object.entries(variantOf(schema, value).properties ?? {})) {
    const inner = isRecord(value) ? value[key] : undefined
    const place = [...path, key]
    if (isRecord(inner)) collect(entry, inner, place, defaults)
    else if ('default' in entry && entry.default !== 'auto') defaults.set(place.join('.'), entry.default)
  }
}

/** Of several alternatives the one whose constant (`kind`, `family`) equals that of the value. */
function variantOf(schema: Schema, value: unknown): Schema {
  const variants = schema.oneOf ?? schema.anyOf
  if (!variants || !isRecord(value)) return schema
  const fits = ({ properties = {} }: Schema) =>
    Object.entries(properties).every(([key, { const: fixed }]) => fixed === undefined || value[key] === fixed)
  return variants.find((variant) => variant.properties !== undefined && fits(variant)) ?? schema
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
