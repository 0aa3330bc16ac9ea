import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** In device-independent pixels. */
interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

/** State of the window when it was closed. */
interface WindowState {
  bounds: Bounds
  maximised: boolean
  /** Of the page's theme; null before it was known. */
  background: string | null
}

export const smallestWindow = { width: 760, height: 480 }
const defaultWindow = { width: 1440, height: 900 }
/** So much of the title bar must be on a display for the window to be moved. */
const graspable = { width: 120, height: 24 }

/**
 * Initial state of the window: the stored one if its display exists; else the default size, at most that of the first display, in its
 * middle.
 * @param displays their work areas, the primary one first
 */
export function validState(kept: unknown, displays: readonly Bounds[]): WindowState {
  const state = asState(kept)
  const [primary] = displays
  if (state && displays.some((display) => isWithinReach(state.bounds, display))) return state
  return { bounds: centred(primary!), maximised: state?.maximised ?? false, background: state?.background ?? null }
}

function asState(kept: unknown): WindowState | null {
  if (typeof kept !== 'object' || kept === null) return null
  const { bounds, maximised, background } = kept as Partial<WindowState>
  if (!isBounds(bounds)) return null
  const { width, height } = smallestWindow
  const size = { width: Math.max(width, bounds.width), height: Math.max(height, bounds.height) }
  const colour = typeof background === 'string' && /^#[0-9a-f]{6}$/i.test(background) ? background : null
  return { bounds: { ...bounds, ...size }, maximised: maximised === true, background: colour }
}

function isBounds(bounds: unknown): bounds is Bounds {
  if (typeof bounds !== 'object' || bounds === null) return false
  const { x, y, width, height } = bounds as Partial<Bounds>
  return [x, y, width, height].every((value) => Number.isSafeInteger(value))
}

function isWithinReach(window: Bounds, display: Bounds): boolean {
  const shownWidth = Math.min(window.x + window.width, display.x + display.width) - Math.max(window.x, display.x)
  const below = window.y + graspable.height <= display.y + display.height
  return shownWidth >= graspable.width && window.y >= display.y && below
}

function centred(display: Bounds): Bounds {
  const width = Math.min(defaultWindow.width, display.width)
  const height = Math.min(defaultWindow.height, display.height)
  const x = display.x + Math.round((display.width - width) / 2)
  return { x, y: display.y + Math.round((display.height - height) / 2), width, height }
}

/** @returns the stored state; undefined if there is none. If the file cannot be read, only the window's position is lost. */
export function readKept(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Where it cannot be written, as on a full disk, only the window's position is lost: an error would keep trainings from being paused. */
export function keep(file: string, state: WindowState): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.partial`, JSON.stringify(state))
    renameSync(`${file}.partial`, file)
  } catch {
    // It will be in its usual place.
  }
}
