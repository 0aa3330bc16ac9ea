/** A Mac says ⌘ where others say Ctrl. */
const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

/** A key as shortcuts write it: `c`, `mod+k`, `shift+Space`, `Delete`, `?`. `mod` is Ctrl, or ⌘ on a Mac. */
export function keyName(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toLowerCase() : event.key
  // Which keys need Shift for a sign depends on the keyboard: `?` is `?` everywhere.
  const shift = event.shiftKey && (key.length > 1 || /[a-z]/.test(key))
  const mod = isMac ? event.metaKey : event.ctrlKey
  const other = isMac ? event.ctrlKey : event.metaKey
  return [other && 'other', mod && 'mod', event.altKey && 'alt', shift && 'shift', key].filter(Boolean).join('+')
}

const signs: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  alt: isMac ? '⌥' : 'Alt',
  Space: 'Space',
  Delete: 'Del',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  Escape: 'Esc',
}

/** The keys of a shortcut as they are printed: `mod+k` → `Ctrl`, `K`; `g r` → `G`, `R`. */
export function keyLabels(shortcut: string): string[] {
  // A `+` after nothing is the key itself.
  return shortcut.split(/ |(?<=[^ +])\+/).map((key) => signs[key] ?? (key.length === 1 ? key.toUpperCase() : key))
}

/** A shortcut as `aria-keyshortcuts` has it; sequences have no such form. */
export function ariaKeys(shortcut: string): string | undefined {
  if (shortcut.includes(' ')) return undefined
  return shortcut
    .replace('mod', isMac ? 'Meta' : 'Control')
    .replace('shift', 'Shift')
    .replace('alt', 'Alt')
}
