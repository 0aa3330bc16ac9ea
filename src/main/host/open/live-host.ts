import type { SystemInfo } from '../../../contract/system.ts'
import { loadedExtensions } from '../../extensions/launch.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { connectToHost, type SocketClient } from '../api/socket/client.ts'
import { findRunningHost, type RunningHost } from '../api/socket/running-host.ts'
import type { HostSettings } from './composition-root.ts'

/** The host of a workspace that another process is. */
export interface LiveHost extends SocketClient {
  running: RunningHost
  /** What it says of itself, asked once: it looks through all its files for that. */
  info(): Promise<SystemInfo>
}

type FixedSettings = Partial<Pick<HostSettings, 'parallel' | 'device' | 'executor' | 'depot'>>

/** What somebody who connects expects of the host. */
interface Expected extends FixedSettings {
  /** What else it must be; throws where it is not. */
  check?: (host: LiveHost) => unknown
}

/**
 * Connects to the host of a workspace. Null where none listens: there is none, or it is starting or ending.
 * @throws ExitlabError `conflict` where it does not have the settings; `workspace-in-use` where it does not respond
 */
export async function connectToLiveHost(
  workspace: string,
  { check = () => {}, ...settings }: Expected,
): Promise<LiveHost | null> {
  const running = findRunningHost(workspace)
  const connected = running && (await connectToHost(running))
  if (running === null || connected === null) return null
  try {
    let info: Promise<SystemInfo> | undefined
    const live = { ...connected, running, info: () => (info ??= connected.client.system.info()) }
    await check(live)
    await refuseOtherSettings(live, settings)
    return live
  } catch (error) {
    const hasEnded = !connected.alive()
    await connected.close()
    if (hasEnded) return null
    throw error
  }
}

/** The settings of a running host are fixed: refuses options that differ from them. */
async function refuseOtherSettings(
  { info }: LiveHost,
  { parallel, device, executor, depot }: FixedSettings,
): Promise<void> {
  if ([parallel, device, executor, depot].every((each) => each === undefined)) return
  const { host } = await info()
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

/** A host has the extensions that it was started with: refuses one that lacks some of this process. */
export async function refuseMissingExtensions({ info }: LiveHost): Promise<void> {
  if (loadedExtensions().length === 0) return
  const { host } = await info()
  const missing = missingExtensions(host)[0]
  if (host === null || missing === undefined) return
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

/** Whether a host lacks extensions of this process. */
export async function lacksExtensions({ info }: LiveHost): Promise<boolean> {
  return loadedExtensions().length > 0 && missingExtensions((await info()).host).length > 0
}

/** Extensions of this process that a host does not have. */
export function missingExtensions(host: SystemInfo['host']) {
  return loadedExtensions().filter(({ sha256 }) => !host?.extensions.some((each) => each.sha256 === sha256))
}
