import { spawn, type ChildProcess } from 'node:child_process'
import { visibleLines } from '../../shared/text/visible.ts'
import type { HostMessage, ShellMessage } from '../../shared/window/desktop-link.ts'
import type { HostLaunch } from './host-launch.ts'

/** Messages of a host until it ends. */
export interface HostListeners {
  message(message: HostMessage): void
  /** `how`: description of the reason. */
  ended(how: string): void
}

/** A host that is running, or about to. */
export interface HostChild {
  /** Dropped where the host is not there to hear it, but for `end`, which a host that has not begun yet obeys too. */
  send(message: ShellMessage): void
  /** Ends it at once. */
  kill(): void
}

const keptStderr = 4_000
/** Variables that must not be passed on: they affect Node or Electron. */
const withheld = ['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS']

/** Starts the host under Node. An unusable launch is reported like a host's refusal. */
export function startHost(launch: Promise<HostLaunch>, listeners: HostListeners): HostChild {
  let child: ChildProcess | null = null
  let wanted = true
  launch.then(
    (found) => {
      if (wanted) child = spawnHost(found, listeners)
    },
    (error: Error) => {
      if (!wanted) return
      listeners.message({ type: 'refused', message: error.message })
      listeners.ended(error.message)
    },
  )
  /** Ends it before it has begun. */
  function callOff(): void {
    if (!wanted) return
    wanted = false
    listeners.ended('It was cancelled before it started.')
  }
  return {
    send: (message) => {
      if (child?.connected) child.send(message, () => {})
      else if (child === null && message.type === 'end') callOff()
    },
    kill() {
      if (child === null) callOff()
      else child.kill('SIGKILL')
    },
  }
}

function spawnHost(
  { node, entry, scripts, arguments: given }: HostLaunch,
  { message, ended }: HostListeners,
): ChildProcess {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !withheld.includes(name)))
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', entry, ...given], {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: { ...environment, EXITLAB_SCRIPTS: scripts },
    windowsHide: true,
  })
  const stderr = keepTail(child)
  let over = false
  const end = (how: string) => {
    if (!over) ended([how, stderr()].filter(Boolean).join('\n'))
    over = true
  }
  child.on('message', (told) => message(told as HostMessage))
  child.once('error', (error) => end(`${node} cannot be started: ${error.message}`))
  child.once('close', (code, signal) =>
    end(signal === null ? `It ended with exit code ${code}.` : `${signal} ended it.`),
  )
  return child
}

/** The last part of a host's stderr, which is also passed on. */
function keepTail(child: ChildProcess): () => string {
  let tail = ''
  child.stderr!.setEncoding('utf8').on('data', (written: string) => {
    const text = visibleLines(written).join('\n')
    tail = (tail + text).slice(-keptStderr)
    process.stderr.write(text)
  })
  return () => tail.trim()
}
