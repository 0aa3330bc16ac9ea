import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { HostMessage, ShellMessage } from '../../../shared/window/desktop-link.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { loadExtensions } from '../../extensions/load.ts'
import { loadTrusted } from '../../extensions/trusted.ts'
import type { WorkbenchServed } from './workbench.ts'
import { defaultWorkspace } from '../../../files/user-folders.ts'

/** The host as a child of the desktop application: it serves the API over messages with its parent and ends with it. */
const { values } = parseArgs({
  options: {
    workspace: { type: 'string' },
    device: { type: 'string' },
    'command-line': { type: 'string' },
    extension: { type: 'string', multiple: true, default: [] },
  },
})
const workspace = resolve(values.workspace ?? defaultWorkspace())
const opening = open()
let ending: Promise<void> | null = null

/** Extensions first: the host uses what they add to. */
async function open() {
  const environment = process.env
  const named = values.extension.map((file) => ({ file, folder: process.cwd(), by: null }))
  await loadExtensions(named, { environment, now: Date.now(), ask: null })
  await loadTrusted(environment)
  const { openWorkbench } = await import('./workbench.ts')
  const commandLine = values['command-line'] === undefined ? null : [values['command-line']]
  return openWorkbench({ workspace, command: 'window', device: values.device, commandLine, ways: [shell] })
}

// Requests of the shell during start-up are answered afterwards, as the messages are queued.
async function shell(served: WorkbenchServed) {
  const { servePorts } = await import('../api/port/serve-ports.ts')
  const { receive, cut } = servePorts(served, tell)
  process.on('message', (message: ShellMessage) => {
    if (message.type === 'end') end()
    else if (message.type === 'count-running') tell({ type: 'running', runs: served.countRunning() })
    else receive(message)
  })
  return { cut, close: async () => {} }
}

function tell(message: HostMessage, sent = () => {}): void {
  if (process.connected) process.send!(message, undefined, undefined, sent)
  else sent()
}

/** Pauses trainings with a checkpoint, closes the workspace and lets the process end. */
function end(): void {
  // A host that could not open has nothing to close, and says so below.
  ending ??= opening.then(
    (host) => host.close().then(leave),
    () => {},
  )
}

function leave(): void {
  if (process.connected) process.disconnect()
}

// The shell has died, or a signal ends this process: both are handled by `end`.
process.on('disconnect', end)
process.on('SIGTERM', end)
// Ctrl-C in the terminal that the application was started from reaches every process of it; the shell decides.
process.on('SIGINT', () => {})

function refuse(error: unknown): void {
  if (!(error instanceof ExitlabError)) throw error
  tell({ type: 'refused', message: error.message }, leave)
}

try {
  const { lost } = await opening
  lost.catch(refuse)
  tell({ type: 'ready' })
} catch (error) {
  refuse(error)
}
