import type { Settings } from '../../../contract/system.ts'
import type { Store } from '../../store/open.ts'

/** The settings of a workspace and what holds in this host. */
export interface LiveSettings {
  /** Settings stored in the workspace. */
  remembered(): Settings
  /** Effective settings: options of this host take precedence until they are changed. */
  current(): Settings
  /** @returns what the workspace remembers now. */
  change(changes: Partial<Settings>): Settings
}

/** `options`: those with which this host was started. `onChange` is called after a change takes effect. */
export function liveSettings(
  store: Store,
  options: Partial<Settings>,
  onChange: (before: Settings, now: Settings) => void,
): LiveSettings {
  let current = { ...store.settings.get(), ...definedIn(options) }
  return {
    remembered: () => store.settings.get(),
    current: () => current,
    change(changes) {
      const named = Object.entries(definedIn(changes)) as [keyof Settings, Settings[keyof Settings]][]
      store.transaction(() => named.forEach(([name, value]) => store.settings.set(name, value)))
      const before = current
      current = { ...before, ...definedIn(changes) }
      onChange(before, current)
      return store.settings.get()
    },
  }
}

function definedIn<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>
}
