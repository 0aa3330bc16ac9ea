import { join } from 'node:path'
import { BrowserWindow, nativeTheme, screen, type TitleBarOverlayOptions } from 'electron'
import { themeColours } from '../../shared/window/theme-colours.ts'
import { appAddress } from './app-protocol.ts'
import { keep, readKept, smallestWindow, validState } from './window-state.ts'

const titleBarHeight = 40

type Theme = 'light' | 'dark'

/** The theme of a page with this background; undefined where it is of neither. */
const themeOf = (canvas: string | null): Theme | undefined =>
  (['light', 'dark'] as const).find((theme) => themeColours.canvas[theme] === canvas?.toLowerCase())

/** The page's theme once it is known, the system's before. */
const shownTheme = (canvas: string | null): Theme =>
  themeOf(canvas) ?? (nativeTheme.shouldUseDarkColors ? 'dark' : 'light')

/** Opens the window where it was, in the colour that the page will have, and shows it when there is something to see. */
export function openWindow({ stateFile, icon }: { stateFile: string; icon: string }): BrowserWindow {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  const displays = [primary, ...others].map(({ workArea }) => workArea)
  const state = validState(readKept(stateFile), displays)
  const theme = shownTheme(state.background)
  const window = new BrowserWindow({
    ...state.bounds,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Exitlab',
    icon,
    backgroundColor: themeColours.canvas[theme],
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
    const shown = shownTheme(background)
    window.setBackgroundColor(themeColours.canvas[shown])
    if (process.platform !== 'darwin') window.setTitleBarOverlay(overlay(shown))
  }
  // The page says its theme by its theme-color.
  window.webContents.on('did-change-theme-color', (_, colour) => {
    if (themeOf(colour) !== undefined) background = colour
    paint()
  })
  nativeTheme.on('updated', paint)
  window.once('closed', () => nativeTheme.off('updated', paint))
  window.once('ready-to-show', () => (state.maximised ? window.maximize() : window.show()))
  window.on('close', () => keep(stateFile, stateOf(window, background)))
  void window.loadURL(appAddress)
  return window
}

function overlay(theme: Theme): TitleBarOverlayOptions {
  return { color: themeColours.chrome[theme], symbolColor: themeColours.muted[theme], height: titleBarHeight }
}

function stateOf(window: BrowserWindow, background: string | null) {
  return { bounds: window.getNormalBounds(), maximised: window.isMaximized(), background }
}

/** Brings a window before the user's eyes. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  // Electron ends when a shown window is shown again before it has noticed that the page's process ended.
  if (!window.isVisible()) window.show()
  window.focus()
}
