import type { ShellBridge } from '../../shared/window/shell.ts'

declare global {
  interface Window {
    /** Set by the preload script of the desktop application. */
    exitlab?: ShellBridge
  }
}

/** The desktop application around the window; null in a browser. */
export const shell: ShellBridge | null = window.exitlab ?? null
