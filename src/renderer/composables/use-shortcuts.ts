import { onScopeDispose } from 'vue'
import { keyName } from './key-names.ts'

type ShortcutMap = Record<string, (event: KeyboardEvent) => void>

interface Registration {
  map: ShortcutMap
  when: () => boolean
}

/** Time in which the second key of `g r` must follow the first. */
const sequenceMilliseconds = 1000

const registrations: Registration[] = []
let prefix = ''
let forgetting: ReturnType<typeof setTimeout>

/**
 * Keys that do something while this component is there: `c`, `mod+k`, `g r`, `Delete`, `?`, `/`, `shift+Space`. Of two that have
 * the same key the one that came last has it. Not while a field is being written in, a dialog or a menu is open, or a control has
 * the focus that needs the key itself; combinations with `mod` go through dialogs and fields, save for a field's own.
 */
export function useShortcuts(map: ShortcutMap, { when = () => true }: { when?: () => boolean } = {}): void {
  const registration = { map, when }
  if (registrations.length === 0) window.addEventListener('keydown', onKey)
  registrations.push(registration)
  onScopeDispose(() => {
    registrations.splice(registrations.indexOf(registration), 1)
    if (registrations.length === 0) window.removeEventListener('keydown', onKey)
  })
}

function onKey(event: KeyboardEvent): void {
  const key = keyName(event)
  if (event.defaultPrevented || event.isComposing || needsKey(event.target, key)) return
  const sequence = prefix === '' ? null : `${prefix} ${key}`
  setPrefix('')
  const act = (sequence === null ? undefined : actionOf(sequence)) ?? actionOf(key)
  if (act !== undefined) {
    event.preventDefault()
    act(event)
  } else if (beginsSequence(key)) setPrefix(key)
}

function setPrefix(key: string): void {
  clearTimeout(forgetting)
  prefix = key
  if (key !== '') forgetting = setTimeout(() => (prefix = ''), sequenceMilliseconds)
}

const active = () => registrations.filter(({ when }) => when()).toReversed()
const actionOf = (key: string) => active().find(({ map }) => key in map)?.map[key]
const beginsSequence = (key: string) =>
  active().some(({ map }) => Object.keys(map).some((each) => each.startsWith(`${key} `)))

const fields =
  'input:not([type="checkbox"], [type="radio"], [type="range"], [type="button"]), textarea, select, [contenteditable]:not([contenteditable="false"])'
const popups = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'
const pressed = 'button, a[href], summary, input, [role="button"], [role="radio"], [role="switch"], [role="checkbox"]'
const moved = 'input[type="radio"], input[type="range"], [role="slider"], [role="radio"], [role="tab"]'
/** Keys handled by fields themselves. */
const editing = new Set(['mod+z', 'mod+shift+z', 'mod+y', 'mod+a', 'mod+c', 'mod+v', 'mod+x'])

function needsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest(fields) !== null) return !key.startsWith('mod+') || editing.has(key)
  if (target.closest(popups) !== null) return !key.startsWith('mod+')
  if (key === 'Space' || key === 'Enter') return target.closest(pressed) !== null
  return /^(Arrow|Home|End|Page)/.test(key) && target.closest(moved) !== null
}
