import { once } from 'node:events'
import type { Context } from './context.ts'

/** Whether a browser window would be visible: not over ssh, not from a script. */
export function hasDisplay({ stdout, environment }: Context, platform = process.platform): boolean {
  if (!stdout.isTerminal || environment['SSH_CONNECTION'] !== undefined) return false
  if (platform === 'darwin' || platform === 'win32') return true
  return ['DISPLAY', 'WAYLAND_DISPLAY', 'WSL_DISTRO_NAME'].some((name) => environment[name])
}

/** Opens an address in the user's browser. @returns the reason of a failure, else null. */
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
