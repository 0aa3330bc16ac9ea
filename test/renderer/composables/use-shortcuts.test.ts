// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { keyLabels } from '../../../src/renderer/composables/key-names.ts'
import { useShortcuts } from '../../../src/renderer/composables/use-shortcuts.ts'

let scope = effectScope()
const shortcuts = (map: Record<string, () => void>, when?: () => boolean) =>
  scope.run(() => useShortcuts(map, { when }))

function press(key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body) {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }))
}

function element(html: string): Element {
  document.body.innerHTML = html
  return document.body.firstElementChild!
}

afterEach(() => {
  scope.stop()
  scope = effectScope()
  document.body.innerHTML = ''
})

describe('shortcuts', () => {
  it('recognise keys, combinations and sequences', () => {
    const heard: string[] = []
    const keys = ['c', 'mod+k', 'g r', 'Delete', '?', '/', 'shift+Space']
    shortcuts(Object.fromEntries(keys.map((key) => [key, () => heard.push(key)])))
    press('c')
    press('k', { ctrlKey: true })
    press('g')
    press('r')
    press('Delete')
    press('?', { shiftKey: true })
    press('/')
    press(' ', { shiftKey: true })
    expect(heard).toEqual(keys)
  })

  it('take a key alone where no sequence continues', () => {
    const run = vi.fn()
    const copy = vi.fn()
    shortcuts({ 'g r': run, c: copy })
    press('g')
    press('c')
    press('r')
    expect([run.mock.calls.length, copy.mock.calls.length]).toEqual([0, 1])
  })

  it('leave keys to fields, save for combinations that fields do not have', () => {
    const heard: string[] = []
    shortcuts({ c: () => heard.push('c'), 'mod+k': () => heard.push('k'), 'mod+z': () => heard.push('z') })
    const field = element('<input type="text">')
    press('c', {}, field)
    press('z', { ctrlKey: true }, field)
    press('k', { ctrlKey: true }, field)
    expect(heard).toEqual(['k'])
  })

  it('leave Space and Enter to buttons, and everything plain to dialogs', () => {
    const heard: string[] = []
    shortcuts({ Space: () => heard.push('Space'), c: () => heard.push('c') })
    press(' ', {}, element('<button></button>'))
    press('c', {}, element('<div role="dialog"></div>'))
    press('c', {}, element('<input type="checkbox">'))
    expect(heard).toEqual(['c'])
  })

  it('belong to the component that was mounted last, while it is there and wants them', () => {
    const heard: string[] = []
    let wanted = true
    shortcuts({ c: () => heard.push('outer') })
    const inner = scope.run(() => effectScope())!
    inner.run(() => useShortcuts({ c: () => heard.push('inner') }, { when: () => wanted }))
    press('c')
    wanted = false
    press('c')
    wanted = true
    inner.stop()
    press('c')
    expect(heard).toEqual(['inner', 'outer', 'outer'])
  })

  it('are shown key by key', () => {
    expect(keyLabels('mod+k')).toEqual(['Ctrl', 'K'])
    expect(keyLabels('g r')).toEqual(['G', 'R'])
    expect([keyLabels('+'), keyLabels('mod++')]).toEqual([['+'], ['Ctrl', '+']])
  })
})
