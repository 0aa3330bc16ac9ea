import { app, type WebContents } from 'electron'
import type { HostState } from '../../shared/window/shell.ts'
import { shellChannels } from '../../shared/window/shell-channels.ts'
import type { Start } from './command-line.ts'
import { bridgePorts } from './host-bridge.ts'
import { startHost } from './host-child.ts'
import { findHost, type HostLaunch } from './host-launch.ts'
import { superviseHost, type Clock } from './host-supervisor.ts'
import { givePort } from './page-port.ts'
import { runningCount } from './running-count.ts'

/** The page's host. */
export interface HostLink {
  /** Gives the page a connection, as soon as the host runs. */
  connect(): void
  /** Tells the page how the host is. */
  watchHost(): void
  restartHost(): void
  /** @returns how many runs are being trained; null where no host says so */
  countRunning(): Promise<number | null>
  end(): Promise<void>
}

const clock: Clock = {
  now: () => performance.now(),
  later(milliseconds, act) {
    const timer = setTimeout(act, milliseconds)
    return () => clearTimeout(timer)
  },
}

/** Runs the host and joins the page to it. */
export function createHostLink(start: Start, contents: WebContents): HostLink {
  const bridge = bridgePorts((message) => supervisor.send(message))
  const count = runningCount((message) => supervisor.send(message), clock)
  let isAsked = false

  function connect(): void {
    isAsked = supervisor.state.state !== 'running'
    if (!isAsked) bridge.join(givePort(contents))
  }

  function onState(state: HostState): void {
    if (state.state !== 'running') bridge.closeAll()
    if (contents.isDestroyed()) return
    contents.send(shellChannels.hostState, state)
    if (state.state === 'running' && isAsked) connect()
  }

  const supervisor = superviseHost({
    start: (listeners) => startHost(launch(start), listeners),
    clock,
    onState,
    onMessage: (message) => (message.type === 'running' ? count.answer(message.runs) : bridge.receive(message)),
  })
  // Connections of the page before a reload are obsolete.
  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (!isMainFrame || isSameDocument) return
    isAsked = false
    bridge.closeAll()
  })
  contents.on('render-process-gone', () => bridge.closeAll())
  return {
    connect,
    watchHost: () => contents.send(shellChannels.hostState, supervisor.state),
    restartHost: () => supervisor.restart(),
    countRunning: () => (supervisor.state.state === 'running' ? count.ask() : Promise.resolve(null)),
    end: () => supervisor.end(),
  }
}

async function launch({ workspace, device, extensions }: Start): Promise<HostLaunch> {
  const resources = app.isPackaged ? process.resourcesPath : null
  const { platform, env } = process
  const found = await findHost({ resources, application: app.getAppPath(), environment: env, platform })
  return {
    ...found,
    arguments: [
      '--command-line',
      found.commandLine,
      ...(workspace ? ['--workspace', workspace] : []),
      ...(device ? ['--device', device] : []),
      ...extensions.flatMap((file) => ['--extension', file]),
    ],
  }
}
