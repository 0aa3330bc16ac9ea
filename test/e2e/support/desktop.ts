import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { bringElectron } from '../../support/electron/bring-electron.ts'
import { openDisplay, type Display } from '../../support/electron/display.ts'
import { linkElectron } from '../../support/electron/link-electron.ts'
import { patienceMilliseconds } from '../../support/patience.ts'
import { holdApplication } from './held-application.ts'

const application = fileURLToPath(new URL('../../..', import.meta.url))

/** A place where the desktop application can be started. */
export interface Desktop {
  /** Of Electron. */
  version: string
  display: Display
  program: string
}

/** Prepares a display and an Electron in a folder; or says why there are none. */
export async function openDesktop(folder: string): Promise<Desktop | { reason: string }> {
  // Asked first: without a display there is nothing to download for.
  const display = await openDisplay({ width: 1600, height: 1000 })
  if (display === null) return { reason: 'Xvfb is not installed' }
  const electron = await bringElectron()
  if ('reason' in electron) {
    display.close()
    return { reason: `there is no Electron to test with: ${electron.reason}` }
  }
  const held = holdApplication(application, join(folder, 'application'))
  const program = linkElectron(electron.folder, { folder: join(folder, 'electron'), application: held })
  return { version: electron.version, display, program }
}

export interface Window {
  application: ElectronApplication
  page: Page
  /** What it would be started with again. */
  command: [program: string, args: string[], environment: NodeJS.ProcessEnv]
  /** @returns the exit code, once the application has ended by itself */
  ended: Promise<number | null>
}

/** A start takes a second or two; one that takes this long hangs. */
const startMilliseconds = 90_000

/** Starts the application as `npm start` does. */
export async function startDesktop({ program, display }: Desktop, folder: string, workspace: string): Promise<Window> {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [...root, '--disable-gpu', `--user-data-dir=${join(folder, 'user')}`, '--workspace', workspace]
  const env = { ...process.env, DISPLAY: display.name, EXITLAB_NODE: process.execPath }
  const electron = await _electron.launch({
    executablePath: program,
    args,
    env: env as Record<string, string>,
    timeout: startMilliseconds,
  })
  const ended = once(electron.process(), 'exit').then(([code]) => code as number | null)
  const page = await firstWindow(electron)
  page.setDefaultTimeout(patienceMilliseconds)
  return { application: electron, page, command: [program, args, env], ended }
}

/** One that shows no window is ended: another one could not have its workspace. */
async function firstWindow(electron: ElectronApplication): Promise<Page> {
  try {
    return await electron.firstWindow({ timeout: startMilliseconds })
  } catch (error) {
    electron.process().kill('SIGKILL')
    throw error
  }
}

/** The process of the host that has a workspace. */
export function hostOf(workspace: string): number {
  return (JSON.parse(readFileSync(join(workspace, 'host.json'), 'utf8')) as { pid: number }).pid
}
