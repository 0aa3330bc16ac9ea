import { resolve } from 'node:path'
import { defaultWorkspace } from '../../files/user-folders.ts'
import { commandLine } from './entry.ts'
import type { Connection, ConnectOptions } from './context.ts'
import { relay, type Reached } from './reconnecting-client.ts'

/**
 * The host of a workspace: the process that has it open, else a new host in this process with the functions that the purpose needs.
 * If another process trains or analyses and ends, this one takes over.
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const workspace = resolve(options.workspace ?? defaultWorkspace())
  const { reach } = await import('../host/open/reach.ts')
  const again = () =>
    reach<Reached>({
      live: async () => (await liveHost(workspace, options)) ?? (await reader(workspace, options)),
      own: () => ownHost(workspace, options),
    })
  const reached = await again()
  const host = works(options) ? relay(reached, again) : reached
  return { client: host.client, workspace, running: reached.running ?? null, [Symbol.asyncDispose]: () => host.close() }
}

/** Whether the command runs for long, so that it must survive the end of the host that it uses. */
function works({ purpose }: Pick<ConnectOptions, 'purpose'>): boolean {
  return purpose === 'train' || purpose === 'analyse' || purpose === 'follow'
}

async function liveHost(
  workspace: string,
  { purpose, parallel, device, executor, depot }: ConnectOptions,
): Promise<Reached | null> {
  const { findRunningHost } = await import('../host/api/socket/running-host.ts')
  if (findRunningHost(workspace) === null) return null
  const { connectToLiveHost, lacksExtensions, refuseMissingExtensions } = await import('../host/open/live-host.ts')
  const settings = { parallel, device, executor, depot }
  const check = purpose === 'read' ? undefined : refuseMissingExtensions
  const host = await connectToLiveHost(workspace, { ...settings, ...(check && { check }) })
  if (host === null || purpose !== 'read' || !(await lacksExtensions(host))) return host && { ...host, own: false }
  // What these say of runs is computed in this process, from what the host has written.
  await host.close()
  return reader(workspace, { purpose, device, isBesideHost: true })
}

async function reader(
  workspace: string,
  { purpose, device, isBesideHost = false }: Pick<ConnectOptions, 'purpose' | 'device'> & { isBesideHost?: boolean },
): Promise<Reached | null> {
  if (purpose !== 'read') return null
  const { openReader } = await import('../host/open/read-only-host.ts')
  const opened = openReader({ workspace, isBesideHost, ...(device && { device }) })
  return opened && { ...opened, own: true, alive: () => true }
}

async function ownHost(
  workspace: string,
  { purpose, parallel, device, executor, depot, command }: ConnectOptions,
): Promise<Reached> {
  const { openHost } = await import('../host/open/index.ts')
  const host = await openHost({
    workspace,
    parallel: parallel ?? 'auto',
    device,
    ...(executor && { executor }),
    ...(depot !== undefined && { depot }),
    ...(command !== undefined && { command }),
    train: purpose === 'train',
    analyse: purpose === 'train' || purpose === 'analyse',
    follow: works({ purpose }),
    commandLine,
  })
  return { ...host, own: true, alive: () => true }
}
