import { useMediaQuery } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowReactive } from 'vue'
import type { FigureTheme } from '../../figures/regimes.ts'

export type Theme = 'system' | 'light' | 'dark'
type Palette = 'default' | 'high-contrast'
/** A multiply-add is two FLOPs. */
type MacUnit = 'macs' | 'flops'

const prefix = 'exitlab.'

/** Preferences of this window, stored in this browser. Others (columns, sizes) are stored by `usePreference`. */
export const usePreferencesStore = defineStore('preferences', () => {
  const values = shallowReactive(new Map<string, unknown>(stored()))
  const systemIsDark = useMediaQuery('(prefers-color-scheme: dark)')

  function read<T>(key: string, fallback: T): T {
    const value = values.get(key)
    return values.has(key) && isLike(value, fallback) ? value : fallback
  }

  function write(key: string, value: unknown): void {
    values.set(key, value)
    keep(prefix + key, JSON.stringify(value))
  }

  const preference = <T>(key: string, choices: readonly [defaultValue: T, ...others: T[]]) =>
    computed<T>({
      get: () => choices.find((choice) => choice === values.get(key)) ?? choices[0],
      set: (value) => write(key, value),
    })
  const theme = preference<Theme>('theme', ['system', 'light', 'dark'])

  return {
    theme,
    shownTheme: computed<FigureTheme>(() =>
      theme.value === 'system' ? (systemIsDark.value ? 'dark' : 'light') : theme.value,
    ),
    palette: preference<Palette>('palette', ['default', 'high-contrast']),
    macUnit: preference<MacUnit>('mac-unit', ['macs', 'flops']),
    read,
    write,
  }
})

/** A storage that is full costs the next visit this value, and this visit nothing. */
function keep(key: string, text: string): void {
  try {
    localStorage.setItem(key, text)
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
}

/** Whether a value has the form of another, whose nulls match anything: another version may have stored a different form. */
function isLike<T>(value: unknown, defaultValue: T): value is T {
  if (defaultValue === null) return true
  if (typeof value !== typeof defaultValue || value === null || Array.isArray(value) !== Array.isArray(defaultValue))
    return false
  if (typeof defaultValue !== 'object' || Array.isArray(defaultValue)) return true
  return Object.entries(defaultValue).every(([key, part]) => isLike((value as Record<string, unknown>)[key], part))
}

/** Stored by earlier visits. Values that are not JSON are ignored. */
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
