// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { usePreferencesStore } from '../../../src/renderer/stores/preferences.ts'

beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
})
afterEach(() => vi.restoreAllMocks())

/** The store of a visit after one that left these. */
function visitAfter(left: Record<string, string>) {
  for (const [key, text] of Object.entries(left)) localStorage.setItem(`exitlab.${key}`, text)
  return usePreferencesStore()
}

describe('the preferences of an earlier visit', () => {
  it('are restored', () => {
    const { theme, palette, macUnit, read } = visitAfter({
      theme: '"dark"',
      palette: '"high-contrast"',
      'mac-unit': '"flops"',
      width: '300',
      draft: '{"text":"a","folder":"/x"}',
    })
    expect([theme, palette, macUnit]).toEqual(['dark', 'high-contrast', 'flops'])
    expect(read('width', 200)).toBe(300)
    expect(read('draft', { text: '', folder: null })).toEqual({ text: 'a', folder: '/x' })
  })

  it.each(['{', 'null', '5', '"banana"', '[]', '{"text":5}'])('are ignored where they are invalid: %s', (text) => {
    const { theme, shownTheme, palette, macUnit, read } = visitAfter({
      theme: text,
      palette: text,
      'mac-unit': text,
      draft: text,
    })
    expect([theme, palette, macUnit]).toEqual(['system', 'default', 'macs'])
    expect(shownTheme).toBe('light')
    expect(read('draft', { text: '', folder: null })).toEqual({ text: '', folder: null })
  })
})

it('hold for this visit where the storage is full', () => {
  const store = usePreferencesStore()
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  store.theme = 'dark'
  store.write('width', 300)
  expect([store.theme, store.read('width', 200)]).toEqual(['dark', 300])
})
