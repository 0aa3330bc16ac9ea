import { z } from 'zod'
import { ExitlabError } from '../basics/error.ts'
import type { MethodOrigin } from './method-origin.ts'
import { type MethodKind, methodNouns, UnknownMethodError } from './unknown-method.ts'

/** Entries that can be chosen by name. Code that loads TensorFlow or reads files is reached from an entry by `import()`. */
export interface Registry<Entry> {
  names(): string[]
  entries(): [name: string, entry: Entry][]
  /** The same; none can be registered afterwards. For code that loads all of them at once. */
  sealedEntries(): [name: string, entry: Entry][]
  has(name: string): boolean
  /** The entry that something stored names. @throws UnknownMethodError if there is none: another version may have it. */
  get(name: string): Entry
  /** The entry that a user names. @throws ExitlabError `usage` with the known names if there is none. */
  choose(name: string): Entry
  /** Adds an entry; `origin`: the extension that it is of. Throws `internal` where the name is taken or the entries are already in use. */
  register(name: string, entry: Entry, origin?: MethodOrigin): void
  /** The extension that an entry is of; null for one of Exitlab's own, and where there is none. */
  origin(name: string): MethodOrigin | null
  /** Schema of a name, with all that are registered when it is first used. */
  name: z.ZodType<string, string>
  /** Schema of the names of some entries. */
  nameOf(isMeant: (entry: Entry) => boolean): z.ZodType<string, string>
  /** Schema of objects that say by their key `key` which entry they belong to, each as its entry's own schema has it. */
  union<Output>(key: string, schemaOf: (entry: Entry, name: string) => z.ZodType<Output>): z.ZodType<Output>
}

export function createRegistry<Entry>(kind: MethodKind, initial: Readonly<Record<string, Entry>>): Registry<Entry> {
  const noun = methodNouns[kind]
  const entries = new Map<string, Entry>()
  const origins = new Map<string, MethodOrigin>()
  let isSealed = false
  const names = () => [...entries.keys()]

  function get(name: string): Entry {
    const entry = entries.get(name)
    if (entry === undefined) throw new UnknownMethodError({ kind, name })
    return entry
  }

  function choose(name: string): Entry {
    if (entries.has(name)) return get(name)
    throw new ExitlabError('usage', `There is no ${noun} "${name}". Expected one of ${names().join(', ')}.`)
  }

  function register(name: string, entry: Entry, origin?: MethodOrigin): void {
    const where = `The ${noun} "${name}" cannot be registered`
    if (entries.has(name)) throw new ExitlabError('internal', `${where}: the name is taken.`)
    if (isSealed) throw new ExitlabError('internal', `${where}: register it before the registry is first used.`)
    entries.set(name, entry)
    if (origin) origins.set(name, origin)
  }
  for (const [name, entry] of Object.entries(initial)) register(name, entry)

  const sealedEntries = () => {
    isSealed = true
    return [...entries]
  }
  const nameOf = (isMeant: (entry: Entry) => boolean) =>
    z.lazy(() => z.enum(sealedEntries().flatMap(([name, entry]) => (isMeant(entry) ? [name] : []))))
  const union = <Output>(key: string, schemaOf: (entry: Entry, name: string) => z.ZodType<Output>) =>
    z.lazy(() => {
      const schemas = sealedEntries().map(([name, entry]) => schemaOf(entry, name))
      return z.discriminatedUnion(key, discriminable(schemas))
    }) as z.ZodType<Output>
  return {
    names,
    get,
    choose,
    register,
    sealedEntries,
    nameOf,
    union,
    entries: () => [...entries],
    has: (name) => entries.has(name),
    origin: (name) => origins.get(name) ?? null,
    name: nameOf(() => true),
  }
}

/** Zod finds the discriminator when the union is created, and throws if an option has none, whatever its TypeScript type. */
function discriminable(options: readonly z.ZodType[]) {
  return options as unknown as [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]]
}
