import { onScopeDispose } from 'vue'
import type { MenuCommand } from '../../shared/shell.ts'
import { shell } from '../api/shell.ts'

/** What the desktop application's menus do; a browser has none. */
export function useMenuCommands(actions: Record<MenuCommand, () => void>): void {
  const end = shell?.onMenuCommand((command) => actions[command]())
  if (end !== undefined) onScopeDispose(end)
}

/** `desktop` with the platform's name, or `browser`: what CSS must know about the frame of the window. */
export function describeFrame(): void {
  const { dataset } = document.documentElement
  dataset.shell = shell === null ? 'browser' : 'desktop'
  if (shell !== null) dataset.platform = shell.platform
}
