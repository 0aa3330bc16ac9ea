import type { HostClient } from '../../../contract/index.ts'
import { refuseOtherDepot } from '../../execution/depot/depot.ts'
import { untilGone } from '../../execution/depot/process-identity.ts'
import { deviceName } from '../../../shared/phases/device.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { acquireHostLock } from '../../store/lock.ts'
import { openStore, prepareWorkspace } from '../../store/open.ts'
import { keepReserve, withReserve } from '../../store/reserve.ts'
import { damagedSettingRemedy } from '../../store/settings.ts'
import { composeHost, defaultSettings, type HostSettings } from './composition-root.ts'
import { finishDiscards } from '../workspace/disk/tombstone.ts'
import { keepCosts, recountedSeries, uncountedSeries } from '../experiments/recount-series.ts'
import { requeueInterrupted } from '../queue/run-states.ts'
import { listen } from '../api/socket/server.ts'
import type { HostServices } from '../api/services.ts'

export interface HostOptions extends Partial<HostSettings> {
  /** Absolute folder. */
  workspace: string
  /** Ways in besides the workspace's socket. They are closed with the host, once its training has ended. */
  entrances?: readonly Entrance[]
}

/** What a process that was killed may take to end. */
const deathMilliseconds = 2_000

/** Serves the API over a transport until it is closed. */
export type Entrance = (services: HostServices) => Promise<{ close(): Promise<void> }>

export interface Host {
  client: HostClient
  /** Resolves when nothing is left to do; fails when the queues had to stop. */
  idle(): Promise<void>
  /** Ends trainings with a checkpoint and closes the workspace. */
  close(): Promise<void>
}

/** Opens a workspace and processes its queue until closed. @throws ExitlabError if the workspace cannot be opened. */
export async function openHost({ workspace: folder, entrances = [], ...options }: HostOptions): Promise<Host> {
  const settings = { ...defaultSettings, ...options }
  const { now, train, analyse, follow, device, command, after } = settings
  if (device !== undefined && !deviceName.safeParse(device).success)
    throw new ExitlabError('usage', `There is no device “${device}”: choose cpu, cuda or cuda:N, such as cuda:1.`)
  if (settings.depot !== undefined) refuseOtherDepot(settings.depot)
  // Resources are closed in reverse order, also after errors.
  await using opened = new AsyncDisposableStack()
  const workspace = prepareWorkspace(folder)
  let refusal: ExitlabError | null = null
  const reaching = <T>(open: () => T): T => withReserve(workspace, open, (full) => (refusal = full))
  const lock = opened.adopt(
    reaching(() => acquireHostLock(workspace, now)),
    (each) => each.release(),
  )
  // Its lock is free a moment before it is gone; until then it counts as the owner of the phases that it trained.
  if (lock.dead !== null && lock.dead.pid !== process.pid) await untilGone(lock.dead.pid, deathMilliseconds)
  const store = opened.adopt(
    reaching(() => openStore(folder)),
    (each) => each.close(),
  )
  keepReserve(workspace)
  reaching(() => requeueInterrupted(store))
  await finishDiscards(workspace)
  const recounted = await recountedSeries(store)
  reaching(() => keepCosts(store, recounted))
  const { services, client, wake, idle, waitForSpace, close } = composeHost(
    store,
    {
      pid: process.pid,
      startedAt: now(),
      command,
      trains: train,
      after: after ? { ...after, died: lock.dead?.pid === after.pid } : null,
    },
    settings,
  )
  for (const damage of store.settings.damaged()) {
    const message = `${damage} ${damagedSettingRemedy}`
    const warn = () => services.recorder.log({ level: 'warning', run: null, phase: null, message })
    reaching(() => store.transaction(warn))
  }
  for (const { id } of recounted.filter(({ costs }) => costs === null)) {
    const message = uncountedSeries(store.series.nameOf(id))
    reaching(() =>
      store.transaction(() => services.recorder.log({ level: 'warning', run: null, phase: null, message })),
    )
  }
  if (train || analyse || follow) {
    const socket = opened.adopt(await listen(workspace, services), (each) => each.close())
    reaching(() => lock.announce(socket.address))
    // Training would take the space that those who delete need.
    if (refusal !== null && !keepReserve(workspace)) waitForSpace(refusal)
  }
  for (const enter of entrances) opened.adopt(await enter(services), (each) => each.close())
  opened.defer(close)
  wake()
  const host = opened.move()
  return { client, idle, close: () => host.disposeAsync() }
}
