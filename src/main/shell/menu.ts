import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../shared/window/shell.ts'

interface MenuOptions {
  platform: NodeJS.Platform
  /** Whether the page's developer tools may be opened. */
  developer: boolean
  send(command: MenuCommand): void
}

type Item = MenuItemConstructorOptions

/** The application's menus. The page has the same commands; where it handles a key itself, the menu does not get it. */
export function menuTemplate({ platform, developer, send }: MenuOptions): Item[] {
  const mac = platform === 'darwin'
  const command = (label: string, name: MenuCommand, accelerator?: string): Item => ({
    id: name,
    label,
    accelerator,
    click: () => send(name),
  })
  const separator: Item = { type: 'separator' }
  const settings = command('Settings…', 'settings', 'CmdOrCtrl+,')
  const application: Item = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  }
  const file: Item = {
    label: '&File',
    submenu: [
      command('New Experiment', 'new-experiment', 'CmdOrCtrl+N'),
      command('Open Experiment…', 'open-experiment', 'CmdOrCtrl+O'),
      separator,
      command('Export…', 'export', 'CmdOrCtrl+E'),
      separator,
      ...(mac ? [{ role: 'close' } as Item] : [settings, separator, { role: 'quit' } as Item]),
    ],
  }
  const edit: Item = {
    label: '&Edit',
    submenu: [
      // Ctrl Z belongs to the text field that has the focus, else to the page, which undoes the last action.
      { role: 'undo' },
      { role: 'redo' },
      command('Undo Last Action', 'undo'),
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  }
  const view: Item = {
    label: '&View',
    submenu: [
      command('Command Palette…', 'command-palette', 'CmdOrCtrl+K'),
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      ...(developer ? [separator, { role: 'reload' } as Item, { role: 'toggleDevTools' } as Item] : []),
    ],
  }
  const help: Item = { role: 'help', label: '&Help', submenu: [command('Keyboard Shortcuts', 'shortcuts')] }
  return [...(mac ? [application] : []), file, edit, view, ...(mac ? [{ role: 'windowMenu' } as Item] : []), help]
}
