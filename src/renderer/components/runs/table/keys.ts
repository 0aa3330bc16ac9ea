/** What keys mean in the table; a key is written as `keyName` names it. */
export type TableCommand =
  | { move: number; extend?: boolean }
  | { to: 'first' | 'last'; extend?: boolean }
  | { page: -1 | 1; extend?: boolean }
  | 'select'
  | 'extend'
  | 'selectAll'
  | 'open'
  | 'expand'
  | 'collapse'
  | 'earlier'
  | 'later'
  | 'menu'
  | 'clear'

export const tableKeys: Readonly<Record<string, TableCommand>> = {
  ArrowDown: { move: 1 },
  ArrowUp: { move: -1 },
  j: { move: 1 },
  k: { move: -1 },
  'shift+ArrowDown': { move: 1, extend: true },
  'shift+ArrowUp': { move: -1, extend: true },
  'shift+j': { move: 1, extend: true },
  'shift+k': { move: -1, extend: true },
  Home: { to: 'first' },
  End: { to: 'last' },
  'shift+Home': { to: 'first', extend: true },
  'shift+End': { to: 'last', extend: true },
  PageDown: { page: 1 },
  PageUp: { page: -1 },
  'shift+PageDown': { page: 1, extend: true },
  'shift+PageUp': { page: -1, extend: true },
  Space: 'select',
  'shift+Space': 'extend',
  'mod+a': 'selectAll',
  Enter: 'open',
  ArrowRight: 'expand',
  ArrowLeft: 'collapse',
  'alt+ArrowUp': 'earlier',
  'alt+ArrowDown': 'later',
  ContextMenu: 'menu',
  'shift+F10': 'menu',
  Escape: 'clear',
}
