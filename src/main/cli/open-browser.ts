import { once } from 'node:events'
import type { Context } from './context.ts'

/** Whether there is somebody who sees a window that opens: not over ssh, not from a script. */
export function hasDisplay({ stdout, environment }: Context, platform = process.platform): boolean {
  if (!stdout.isTerminal || environment['SSH_CONNECTION'] !== undefined) return false
  if (platform === 'darwin' || platform === 'win32') return true
  return ['DISPLAY', 'WAYLAND_DISPLAY', 'WSL_DISTRO_NAME'].some((name) => environment[name])
}

/** Opens an address in the user's browser. @returns why not; null where that has gone well so far. */
export async function openBrowser(address: string): Promise<string | null> {
  try {
    const { default: open } = await import('open')
    const child = await open(address)
    child.on('error', () => {})
    if (child.pid === undefined) throw (await once(child, 'error'))[0]
    return null
  } catch (error) {
    return (error as Error).message
  }
}
