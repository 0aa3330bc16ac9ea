import { useMediaQuery } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowReactive } from 'vue'
import type { FigureTheme } from '../../shared/figures/regimes.ts'

export type Theme = 'system' | 'light' | 'dark'
export type Palette = 'default' | 'high-contrast'
/** A multiply-add is two FLOPs. */
export type MacUnit = 'macs' | 'flops'

const prefix = 'exitlab.'

/** How this person wants the window, kept in this browser. Other parts keep their own (shown columns, sizes) through `read` and `write`. */
export const usePreferencesStore = defineStore('preferences', () => {
  const values = shallowReactive(new Map<string, unknown>(stored()))
  const systemIsDark = useMediaQuery('(prefers-color-scheme: dark)')

  function read<T>(key: string, fallback: T): T {
    return values.has(key) ? (values.get(key) as T) : fallback
  }

  function write(key: string, value: unknown): void {
    values.set(key, value)
    localStorage.setItem(prefix + key, JSON.stringify(value))
  }

  const preference = <T>(key: string, fallback: T) =>
    computed<T>({ get: () => read(key, fallback), set: (value) => write(key, value) })
  const theme = preference<Theme>('theme', 'system')

  return {
    theme,
    shownTheme: computed<FigureTheme>(() =>
      theme.value === 'system' ? (systemIsDark.value ? 'dark' : 'light') : theme.value,
    ),
    palette: preference<Palette>('palette', 'default'),
    macUnit: preference<MacUnit>('mac-unit', 'macs'),
    read,
    write,
  }
})

/** What earlier visits left. What is no JSON is not ours. */
function* stored(): Iterable<[string, unknown]> {
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith(prefix))) {
    const value = parsed(localStorage.getItem(key))
    if (value !== undefined) yield [key.slice(prefix.length), value]
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
