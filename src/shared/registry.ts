import { z } from 'zod'
import { ExitlabError } from './error.ts'

/** The entries of one kind that can be chosen by name. What loads TensorFlow or reads files is reached from an entry by `import()`. */
export interface Registry<Entry> {
  /** What an entry is called, in the singular: "exit rule". */
  noun: string
  names(): string[]
  entries(): [name: string, entry: Entry][]
  has(name: string): boolean
  /** Throws `usage` with the known names where there is no such entry. */
  get(name: string): Entry
  /** Adds an entry. Throws `internal` where the name is taken or a schema has already read the names. */
  register(name: string, entry: Entry): void
  /** Schema of a name, with all that are registered when it is first used. */
  name: z.ZodType<string, string>
}

export function createRegistry<Entry>(noun: string, initial: Readonly<Record<string, Entry>>): Registry<Entry> {
  const entries = new Map(Object.entries(initial))
  let isSealed = false
  const names = () => [...entries.keys()]

  function get(name: string): Entry {
    const entry = entries.get(name)
    if (entry === undefined) {
      throw new ExitlabError('usage', `There is no ${noun} "${name}". Known are: ${names().join(', ')}.`)
    }
    return entry
  }

  function register(name: string, entry: Entry): void {
    const where = `The ${noun} "${name}" cannot be registered`
    if (entries.has(name)) throw new ExitlabError('internal', `${where}: the name is taken.`)
    if (isSealed) throw new ExitlabError('internal', `${where}: register it before anything is parsed.`)
    entries.set(name, entry)
  }

  const name = z.lazy(() => {
    isSealed = true
    return z.enum(names())
  })
  return { noun, names, entries: () => [...entries], has: (key) => entries.has(key), get, register, name }
}
