import { onScopeDispose } from 'vue'
import type { MenuCommand } from '../../shared/window/shell.ts'
import { shell } from '../api/shell.ts'

/** Commands of the desktop application's menus; a browser has none. */
export function useMenuCommands(actions: Record<MenuCommand, () => void>): void {
  const end = shell?.onMenuCommand((command) => actions[command]())
  if (end !== undefined) onScopeDispose(end)
}

/** `desktop` with the platform's name, or `browser`, for CSS of the window's frame. */
export function describeFrame(): void {
  const { dataset } = document.documentElement
  dataset.shell = shell === null ? 'browser' : 'desktop'
  if (shell !== null) dataset.platform = shell.platform
}
