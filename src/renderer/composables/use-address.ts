import { computed, nextTick, watchEffect, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type Router } from 'vue-router'

export interface Address {
  /** Value of a key in the address; null if missing. */
  text(key: string): string | null
  /** Every key that begins like this, with what follows in its place. */
  texts(prefix: string): Record<string, string>
  /** Writes values and removes those that are null, with or (default) without a step for the back button. */
  change(changes: Readonly<Record<string, string | null>>, step?: { step: boolean }): void
  /** A value under a key. The default is not written; a text of which `read` makes nothing stands for it. */
  choice<T>(
    key: string,
    defaultValue: T,
    read: (text: string) => T | null,
    write?: (value: T) => string,
  ): WritableComputedRef<T>
  /** One of some words; the first is the default. */
  oneOf<Word extends string>(key: string, words: readonly Word[]): WritableComputedRef<Word>
}

/** Pending changes: those made at the same time are written together. */
interface Pending {
  changes: Record<string, string | null>
  isStep: boolean
  /** Of the screen that they belong to. */
  path: string
  writing: boolean
  /** The screen that is being gone to; null: none. */
  goingTo: string | null
}

const pendings = new WeakMap<Router, Pending>()

function pendingOf(router: Router): Pending {
  const known = pendings.get(router)
  if (known !== undefined) return known
  const pending: Pending = { changes: {}, isStep: false, path: '', writing: false, goingTo: null }
  pendings.set(router, pending)
  router.beforeEach(({ path }) => void (pending.goingTo = path))
  router.afterEach(() => (pending.goingTo = null))
  return pending
}

/** State of a screen in its address, after the `?`, so that it can be reloaded, revisited and shared. */
export function useAddress(): Address {
  const [route, router] = [useRoute(), useRouter()]
  const pending = pendingOf(router)
  const { name } = route
  const address: Address = {
    text: (key) => textOf(route.query[key]),
    texts: (prefix) =>
      Object.fromEntries(
        Object.entries(route.query).flatMap(([key, value]) => {
          const text = key.startsWith(prefix) ? textOf(value) : null
          return text === null ? [] : [[key.slice(prefix.length), text]]
        }),
      ),
    change(changes, { step } = { step: false }) {
      const { path, name: now } = router.currentRoute.value
      // What comes late, of a screen that was left, is none of this one's.
      if (now !== name) return
      const before = pending.path === path ? pending : { changes: {}, isStep: false }
      Object.assign(pending, { path, changes: { ...before.changes, ...changes }, isStep: before.isStep || step })
      if (!pending.writing) void write(router, pending)
    },
    choice: (key, defaultValue, read, write = String) =>
      computed({
        get() {
          const text = address.text(key)
          return (text === null ? null : read(text)) ?? defaultValue
        },
        set: (value) => address.change({ [key]: write(value) === write(defaultValue) ? null : write(value) }),
      }),
    oneOf: (key, words) => address.choice(key, words[0]!, (text) => words.find((word) => word === text) ?? null),
  }
  return address
}

/** Of a text in the address; null where it is none. */
export function wholeNumber(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null
}

async function write(router: Router, pending: Pending): Promise<void> {
  pending.writing = true
  try {
    await nextTick()
    while (Object.keys(pending.changes).length > 0) {
      const { changes, isStep, path } = pending
      Object.assign(pending, { changes: {}, isStep: false })
      const route = router.currentRoute.value
      // A change of the screen that is left would hold up the way to the next.
      if (route.path !== path || (pending.goingTo ?? path) !== path) continue
      const query = Object.entries({ ...route.query, ...changes }).filter(([, value]) => value !== null)
      await router[isStep ? 'push' : 'replace']({ query: Object.fromEntries(query) })
    }
  } finally {
    pending.writing = false
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/**
 * Writes what a screen shows into its address, once that is known: the default where it says nothing, an id in place of a
 * name. What somebody reads then stays when something newer comes up, and a bookmark means what was seen.
 * @param settled what the address should say in place of a text; null: what it says already.
 */
export function useSettledAddress(key: string, settled: (text: string | null) => string | null): void {
  const route = useRoute()
  const address = useAddress()
  // The address of the next screen is set before this one is unmounted.
  const { name } = route
  watchEffect(() => {
    if (route.name !== name) return
    const text = address.text(key)
    const value = settled(text)
    if (value !== null && value !== text) address.change({ [key]: value })
  })
}
