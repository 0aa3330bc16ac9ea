import { join } from 'node:path'
import { BrowserWindow, nativeTheme, screen, type TitleBarOverlayOptions } from 'electron'
import { appAddress } from './app-protocol.ts'
import { keep, readKept, smallestWindow, validState } from './window-state.ts'

/** The page's own colours: of its ground, and of the strip behind the window's buttons. */
const colours = {
  light: { background: '#f3f4f6', bar: '#eceef1', symbols: '#545c68' },
  dark: { background: '#101216', bar: '#0d0f12', symbols: '#a3abb7' },
}
const titleBarHeight = 40

/** Whether the page is dark: its own theme once it was seen, the system's before. */
const themeOf = (background: string | null) => {
  const known = Object.values(colours).find((each) => each.background === background)
  return known ?? (nativeTheme.shouldUseDarkColors ? colours.dark : colours.light)
}

/** Opens the window where it was, in the colour that the page will have, and shows it when there is something to see. */
export function openWindow({ stateFile, icon }: { stateFile: string; icon: string }): BrowserWindow {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  const displays = [primary, ...others].map(({ workArea }) => workArea)
  const state = validState(readKept(stateFile), displays)
  const theme = themeOf(state.background)
  const window = new BrowserWindow({
    ...state.bounds,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Exitlab',
    icon,
    backgroundColor: theme.background,
    titleBarStyle: 'hidden',
    titleBarOverlay: overlay(theme),
    trafficLightPosition: { x: 14, y: 13 },
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  let background = state.background
  const paint = () => {
    const shown = themeOf(background)
    window.setBackgroundColor(shown.background)
    if (process.platform !== 'darwin') window.setTitleBarOverlay(overlay(shown))
  }
  // The page says its theme by its theme-color.
  window.webContents.on('did-change-theme-color', (_, colour) => {
    background = Object.values(colours).find((each) => each.background === colour?.toLowerCase())?.background ?? null
    paint()
  })
  nativeTheme.on('updated', paint)
  window.once('closed', () => nativeTheme.off('updated', paint))
  window.once('ready-to-show', () => (state.maximised ? window.maximize() : window.show()))
  window.on('close', () => keep(stateFile, stateOf(window, background)))
  void window.loadURL(appAddress)
  return window
}

function overlay({ bar, symbols }: (typeof colours)['light']): TitleBarOverlayOptions {
  return { color: bar, symbolColor: symbols, height: titleBarHeight }
}

function stateOf(window: BrowserWindow, background: string | null) {
  return { bounds: window.getNormalBounds(), maximised: window.isMaximized(), background }
}

/** Brings a window before the user's eyes. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
