import { nextTick } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export interface Address {
  /** What the address says under a key; null where it says nothing. */
  text(key: string): string | null
  /** Every key that begins like this, with what follows in its place. */
  texts(prefix: string): Record<string, string>
  /** Writes values, and takes out those that are null. A step that the back button undoes, or (default) not. */
  change(changes: Readonly<Record<string, string | null>>, step?: { step: boolean }): void
}

/** What a screen keeps in its address, behind the `?`, so that it can be reloaded, gone back to and passed on. */
export function useAddress(): Address {
  const [route, router] = [useRoute(), useRouter()]
  /** Changes of one moment are one change. */
  let waiting: Record<string, string | null> = {}
  let isStep = false

  async function write(): Promise<void> {
    await nextTick()
    const query = Object.entries({ ...route.query, ...waiting }).filter(([, value]) => value !== null)
    const navigate = isStep ? router.push : router.replace
    waiting = {}
    isStep = false
    await navigate({ query: Object.fromEntries(query) })
  }

  return {
    text: (key) => textOf(route.query[key]),
    texts: (prefix) =>
      Object.fromEntries(
        Object.entries(route.query).flatMap(([key, value]) => {
          const text = key.startsWith(prefix) ? textOf(value) : null
          return text === null ? [] : [[key.slice(prefix.length), text]]
        }),
      ),
    change(changes, { step } = { step: false }) {
      const first = Object.keys(waiting).length === 0
      waiting = { ...waiting, ...changes }
      isStep ||= step
      if (first) void write()
    },
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
