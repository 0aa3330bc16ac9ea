import { join } from 'node:path'
import { BrowserWindow, nativeTheme, screen, type TitleBarOverlayOptions } from 'electron'
import { windowColours } from '../../shared/window-colours.ts'
import { appAddress } from './app-protocol.ts'
import { keep, readKept, smallestWindow, validState } from './window-state.ts'

const titleBarHeight = 40

type Colours = (typeof windowColours)['light' | 'dark']

const coloursOf = (canvas: string | null): Colours | undefined =>
  Object.values(windowColours).find((each) => each.canvas === canvas?.toLowerCase())

/** Those of the page's theme once it was seen, of the system's before. */
const shownColours = (canvas: string | null): Colours =>
  coloursOf(canvas) ?? windowColours[nativeTheme.shouldUseDarkColors ? 'dark' : 'light']

/** Opens the window where it was, in the colour that the page will have, and shows it when there is something to see. */
export function openWindow({ stateFile, icon }: { stateFile: string; icon: string }): BrowserWindow {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  const displays = [primary, ...others].map(({ workArea }) => workArea)
  const state = validState(readKept(stateFile), displays)
  const colours = shownColours(state.background)
  const window = new BrowserWindow({
    ...state.bounds,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Exitlab',
    icon,
    backgroundColor: colours.canvas,
    titleBarStyle: 'hidden',
    titleBarOverlay: overlay(colours),
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
    const shown = shownColours(background)
    window.setBackgroundColor(shown.canvas)
    if (process.platform !== 'darwin') window.setTitleBarOverlay(overlay(shown))
  }
  // The page says its theme by its theme-color.
  window.webContents.on('did-change-theme-color', (_, colour) => {
    background = coloursOf(colour)?.canvas ?? background
    paint()
  })
  nativeTheme.on('updated', paint)
  window.once('closed', () => nativeTheme.off('updated', paint))
  window.once('ready-to-show', () => (state.maximised ? window.maximize() : window.show()))
  window.on('close', () => keep(stateFile, stateOf(window, background)))
  void window.loadURL(appAddress)
  return window
}

function overlay({ chrome, muted }: Colours): TitleBarOverlayOptions {
  return { color: chrome, symbolColor: muted, height: titleBarHeight }
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
