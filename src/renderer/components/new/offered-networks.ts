import { schemaAt, type SettingSchema } from '../setting/setting-schema.ts'

/** A network as one word in a list, such as `ResNet-18`; its own sizes come after it. */
interface OfferedNetwork {
  label: string
  /** Keys that make it, head and exits aside. */
  keys: Record<string, unknown>
  /** Names of its sizes: of those keys, and of those that it cannot do without. */
  sizes: string[]
}

/** Networks that the families of the schema offer; a family's custom network comes before its variants. */
export function offeredNetworks(schema: SettingSchema): OfferedNetwork[] {
  const families = schemaAt(schema, ['network']).oneOf ?? []
  return families.flatMap(({ defaultSnippets = [], required = [] }) =>
    defaultSnippets.map(({ label, body }) => ({
      label,
      keys: body,
      sizes: [...new Set([...Object.keys(body), ...required])].filter((key) => key !== 'family' && key !== 'variant'),
    })),
  )
}

/** The offered network that a file has; null if it has none of them. */
export function chosenNetwork(schema: SettingSchema, network: unknown): OfferedNetwork | null {
  if (typeof network !== 'object' || network === null) return null
  const { family, variant } = network as Record<string, unknown>
  const branch = schemaAt(schema, ['network']).oneOf?.find(({ properties }) => properties?.['family']?.const === family)
  const meant = variant ?? branch?.properties?.['variant']?.default
  return offeredNetworks(schema).find(({ keys }) => keys.family === family && keys.variant === meant) ?? null
}

/** The network section of an offered network. The head stays if the family does; exits are dropped, as they name blocks of the old network. */
export function networkOf({ keys }: OfferedNetwork, before: unknown): Record<string, unknown> {
  const { family, head } = (typeof before === 'object' && before !== null ? before : {}) as Record<string, unknown>
  return { ...keys, ...(head !== undefined && family === keys.family ? { head } : {}) }
}

/** Keys of the settings in section 1, in their order; no other section shows them. */
export function firstSectionKeys(schema: SettingSchema): string[] {
  const ofNetworks = new Set(offeredNetworks(schema).flatMap(({ sizes }) => sizes))
  const network = ['head', ...ofNetworks].map((key) => `network.${key}`)
  return ['data.source', ...network, 'data.path', 'data.damagedImages', 'data.tokenizer', 'initial.weights']
}
