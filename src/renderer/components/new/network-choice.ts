import { schemaAt, type SettingSchema } from '../setting/setting-schema.ts'

/** A network as one word in a list, such as `ResNet-18`; its own sizes come after it. */
export interface NetworkChoice {
  label: string
  /** Keys that make it, head and exits aside. */
  keys: Record<string, unknown>
}

/** What each family of the schema offers, its custom network first where it has one. */
export function networkChoices(schema: SettingSchema): NetworkChoice[] {
  const snippets = schemaAt(schema, ['network']).oneOf?.flatMap(({ defaultSnippets = [] }) => defaultSnippets) ?? []
  return snippets.map(({ label, body }) => ({ label, keys: body }))
}

/** Which of them a file's network is; null where it is none that is known. */
export function chosenNetwork(schema: SettingSchema, network: unknown): NetworkChoice | null {
  if (typeof network !== 'object' || network === null) return null
  const { family, variant } = network as Record<string, unknown>
  const branch = schemaAt(schema, ['network']).oneOf?.find(({ properties }) => properties?.['family']?.const === family)
  const meant = variant ?? branch?.properties?.['variant']?.default
  return networkChoices(schema).find(({ keys }) => keys.family === family && keys.variant === meant) ?? null
}

/** The network section for a choice. The head stays where the new family has it, exits go: they name blocks of the old network. */
export function networkOf({ keys }: NetworkChoice, before: unknown): Record<string, unknown> {
  const { family, head } = (typeof before === 'object' && before !== null ? before : {}) as Record<string, unknown>
  return { ...keys, ...(head !== undefined && family === keys.family ? { head } : {}) }
}
