import type { SystemInfo } from '../../../contract/system.ts'
import { exitlabVersion } from '../../../files/version.ts'
import type { NamedHost } from '../../../shared/basics/host-words.ts'
import { workspaceAt } from '../../store/workspace.ts'
import { attachedApi } from '../api/attached.ts'
import { computedMethods, withOwnMethods } from '../api/own-methods.ts'
import { localApi, warnerOf, type Served, type ServedApi } from '../api/served.ts'
import { refusalOfOther } from '../api/socket/other-version.ts'
import { openHost, type HostOptions } from './index.ts'
import { connectToLiveHost, missingExtensions, type LiveHost } from './live-host.ts'
import { openReader } from './read-only-host.ts'
import { reach } from './reach.ts'
import type { HostServices } from '../api/services.ts'

/** Serves the API over a transport. */
interface Way {
  /** Closes the connections that there are. */
  cut(): unknown
  close(): Promise<void>
}

interface WorkbenchOptions extends Omit<HostOptions, 'entrances'> {
  ways: readonly ((served: WorkbenchServed) => Promise<Way>)[]
  /** Told of every host, the first one included. */
  onHost?: (seen: SeenHost) => void
  /** Told what goes wrong with connections where no host in this process can log it. */
  warn?: (message: string) => void
}

export interface WorkbenchServed extends Served {
  /** Number of runs that are trained in this process. */
  countRunning(): number
}

/** A host, and the process that is attached to it; null: it is in this one. As in `system.info`. */
export interface SeenHost {
  host: NonNullable<HostServices['about']['host']>
  attached: number | null
}

/** A host that is served: that of this process, or of the one that it is attached to. */
interface Held extends SeenHost {
  ended: Promise<void>
  close(): Promise<void>
}

/**
 * Serves a workspace to windows and pages until it is closed: as its host, or, while another process is its host, attached to that
 * one. When that one ends, this process opens the workspace, or attaches to the next one, and pages connect anew.
 */
export async function openWorkbench({ ways: entrances, onHost, warn, ...options }: WorkbenchOptions) {
  const closing = new AbortController()
  const lost = Promise.withResolvers<never>()
  lost.promise.catch(() => {})
  const ways: Way[] = []
  let api: ServedApi | null = null
  let services: HostServices | null = null

  const served: WorkbenchServed = {
    workspace: workspaceAt(options.workspace),
    now: options.now ?? Date.now,
    api: () => api,
    warn: (message) => (services ? warnerOf(services)(message) : warn?.(message)),
    countRunning: () => services?.store.runs.withStatus('running').length ?? 0,
  }

  async function leaveHost(): Promise<void> {
    api = services = null
    await Promise.all(ways.map((way) => way.cut()))
  }

  async function own(after: HostOptions['after']): Promise<Held> {
    const entrance = async (opened: HostServices) => {
      services = opened
      api = localApi(opened)
      return { close: leaveHost }
    }
    const opened = await openHost({ ...options, ...(after && { after }), entrances: [entrance] })
    const ended = Promise.withResolvers<void>()
    const close = () => opened.close().finally(ended.resolve)
    return { host: services!.about.host!, attached: null, ended: ended.promise, close }
  }

  async function attached(): Promise<Held | null> {
    const live = await connectToLiveHost(options.workspace, { ...options, check: refuseOther })
    if (live === null) return null
    const { host } = await live.info()
    const own = ownMethods(options, host)
    api = attachedApi(own ? withOwnMethods(live.client, own.reader.client, own.names) : live.client)
    const close = async () => {
      await own?.reader.close()
      await live.close()
    }
    // Not beside the host that this process becomes.
    const ended = live.ended.then(() => own?.reader.close())
    return { host: host!, attached: process.pid, ended, close }
  }

  async function hold(after?: NamedHost): Promise<Held> {
    const held = await reach({
      live: attached,
      own: () => own(after),
      ...(after && { untilAborted: closing.signal }),
    })
    onHost?.(held)
    return held
  }

  async function keepUp(): Promise<void> {
    for (;;) {
      await current.ended
      await leaveHost()
      if (closing.signal.aborted) return
      const { pid, command } = current.host
      const next = await hold({ pid, command })
      if (closing.signal.aborted) return next.close()
      current = next
    }
  }

  let current = await hold()
  try {
    for (const enter of entrances) ways.push(await enter(served))
  } catch (error) {
    await current.close()
    throw error
  }
  const keeping = keepUp().catch((error: unknown) => {
    if (!closing.signal.aborted) lost.reject(error)
  })
  return {
    /** Fails where neither this process nor another can be the host any longer. */
    lost: lost.promise,
    /** Ends trainings of this process with a checkpoint; those of the host that it is attached to go on. */
    async close(): Promise<void> {
      closing.abort()
      await current.close()
      await keeping
      for (const way of ways) await way.close()
    },
  }
}

/** Reads beside a host what readings and exit rules of this process need that the host lacks; null where it lacks none. */
function ownMethods(options: HostOptions, host: SystemInfo['host']) {
  const names = computedMethods(missingExtensions(host).map(({ sha256 }) => sha256))
  const reader = names.size === 0 ? null : openReader({ ...options, isBesideHost: true })
  return reader && { names, reader }
}

/** Pages of this program ask what a host of other code does not understand. */
async function refuseOther({ client, running, info }: LiveHost): Promise<void> {
  const refusal = await refusalOfOther(client, { running, version: exitlabVersion })
  await info()
  if (refusal !== null) throw refusal
}
