import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { ExitlabError } from '../shared/error.ts'
import { loadedExtensions } from '../extensions/launch.ts'
import { defaultWorkspace } from '../files/user-folders.ts'
import type { Connection, ConnectOptions } from './context.ts'
import { relay, type Reached } from './reconnecting-client.ts'

/** Maximum wait for a host that is starting or ending. */
const patienceMilliseconds = 5_000
const pauseMilliseconds = 50

/**
 * The host of a workspace: the process that has it open, else a new host in this process with the functions that the purpose needs.
 * If another process trains or analyses and ends, this one takes over.
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const workspace = resolve(options.workspace ?? defaultWorkspace())
  const reach = () => reachHost(workspace, options)
  const reached = await reach()
  const host = works(options) ? relay(reached, reach) : reached
  return { client: host.client, workspace, running: reached.running ?? null, [Symbol.asyncDispose]: () => host.close() }
}

/** Whether the command runs for long, so that it must survive the end of the host that it uses. */
function works({ purpose }: Pick<ConnectOptions, 'purpose'>): boolean {
  return purpose === 'train' || purpose === 'analyse' || purpose === 'follow'
}

async function reachHost(workspace: string, options: ConnectOptions): Promise<Reached> {
  const deadline = performance.now() + patienceMilliseconds
  for (;;) {
    const reached = (await liveHost(workspace, options)) ?? (await reader(workspace, options))
    if (reached !== null) return reached
    try {
      return await ownHost(workspace, options)
    } catch (error) {
      const busy = error instanceof ExitlabError && error.code === 'workspace-in-use'
      if (!busy || performance.now() > deadline) throw error
      await setTimeout(pauseMilliseconds)
    }
  }
}

async function liveHost(workspace: string, options: ConnectOptions): Promise<Reached | null> {
  const { findRunningHost } = await import('../host/api/socket/running-host.ts')
  const running = findRunningHost(workspace)
  if (running === null) return null
  const { connectToHost } = await import('../host/api/socket/client.ts')
  const host = await connectToHost(running)
  if (host === null) return null
  try {
    await refuseOtherSettings(host, options)
    await refuseMissingExtensions(host)
    return { ...host, own: false, running }
  } catch (error) {
    await host.close()
    throw error
  }
}

/** The settings of a running host are fixed: refuses options that differ from them. */
async function refuseOtherSettings(
  { client }: Pick<Reached, 'client'>,
  { parallel, device, executor, depot }: ConnectOptions,
): Promise<void> {
  if ([parallel, device, executor, depot].every((each) => each === undefined)) return
  const { host } = await client.system.info()
  if (host === null) return
  const other =
    parallel !== undefined && host.parallel !== parallel
      ? `has --parallel ${host.parallel}, --parallel ${parallel}`
      : device !== undefined && host.device !== device
        ? `trains on ${host.device}, --device ${device}`
        : executor !== undefined && executor !== host.executor
          ? `has executor ${host.executor}, --executor ${executor}`
          : depot !== undefined && depot !== host.depot
            ? `has ${host.depot === null ? 'no depot' : `the depot ${host.depot}`}, --depot ${depot}`
            : null
  if (other === null) return
  throw new ExitlabError(
    'conflict',
    `Process ${host.pid} has this workspace open and ${other} is not available there. Omit the option to queue ` +
      `the runs with the others, or end the process first.`,
  )
}

/** A host has the extensions that it was started with. */
async function refuseMissingExtensions({ client }: Pick<Reached, 'client'>): Promise<void> {
  const own = loadedExtensions()
  if (own.length === 0) return
  const { host } = await client.system.info()
  const missing = host && own.find(({ sha256 }) => !host.extensions.some((each) => each.sha256 === sha256))
  if (!missing) return
  const { extension, file } = missing
  const other = host.extensions.some((each) => each.extension === extension)
    ? 'has loaded another version of'
    : 'has not loaded'
  throw new ExitlabError(
    'conflict',
    `Process ${host.pid} has this workspace open and ${other} the extension “${extension}” (${file}). Extensions are loaded when a ` +
      `process starts: end it, and start it again with --extension ${file}`,
  )
}

async function reader(workspace: string, { purpose, device }: ConnectOptions): Promise<Reached | null> {
  if (purpose !== 'read') return null
  const { openReader } = await import('../host/read-only-host.ts')
  const opened = openReader({ workspace, ...(device && { device }) })
  return opened && { ...opened, own: true, alive: () => true }
}

async function ownHost(
  workspace: string,
  { purpose, parallel, device, executor, depot }: ConnectOptions,
): Promise<Reached> {
  const { openHost } = await import('../host/index.ts')
  const host = await openHost({
    workspace,
    parallel: parallel ?? 'auto',
    device,
    ...(executor && { executor }),
    ...(depot !== undefined && { depot }),
    train: purpose === 'train',
    analyse: purpose === 'train' || purpose === 'analyse',
    follow: works({ purpose }),
  })
  return { ...host, own: true, alive: () => true }
}
