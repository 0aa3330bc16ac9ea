import { expect, it, onTestFinished } from 'vitest'
import type { HostEvent } from '../../../../../src/shared/phases/events.ts'
import { createEventLog } from '../../../../../src/main/host/queue/events/event-log.ts'
import { createRecorder } from '../../../../../src/main/host/queue/events/event-recorder.ts'
import { followEvents } from '../../../../../src/main/host/queue/depot/follow-events.ts'
import { openStore } from '../../../../../src/main/store/open.ts'
import { definition, fakeDepot } from '../../../execution/depot/support.ts'
import { addExperiment, addRun } from '../../../store/support.ts'
import { temporaryFolder } from '../../support.ts'

/** A phase that another machine trained in four epochs, and a store that follows it. */
async function trainedElsewhere() {
  const depot = fakeDepot()
  const id = await depot.add()
  await depot.train(id)
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  addExperiment(store)
  store.phases.ensure({ id, definition: definition(), createdAt: 1 })
  addRun(store, 'a1', [id])
  const events = createEventLog('s')
  const recorder = createRecorder({ store, events, now: () => 1 })
  const ending = new AbortController()
  const told: HostEvent[] = []
  const following = (async () => {
    for await (const event of events.follow(null, ending.signal)) told.push(event)
  })()
  const phase = store.phases.get(id)!
  return {
    store,
    follow: () => followEvents({ run: store.runs.get('a1')!, phase }, { folder: depot.folderOf(id), store, recorder }),
    read: () => store.phases.eventsRead(id),
    epochs: () => store.epochs.after(id, 0).map(({ epoch }) => epoch),
    log: () => store.logLines.ofRun('a1', { after: 0, from: 'start', limit: 100 }).map(({ message }) => message),
    /** What followers were told, by type. */
    async told() {
      ending.abort()
      await following
      return told.map(({ type }) => type)
    },
  }
}

it('a host that dies before it notes how far it has read has recorded nothing, and told nobody', async () => {
  const { store, follow, read, epochs, log, told } = await trainedElsewhere()
  const { setEventsRead } = store.phases
  store.phases.setEventsRead = () => {
    throw new Error('killed')
  }
  await expect(follow()).rejects.toThrow('killed')
  expect({ read: read(), epochs: epochs(), log: log() }).toEqual({ read: 0, epochs: [], log: [] })
  store.phases.setEventsRead = setEventsRead
  await follow()
  expect(epochs()).toEqual([1, 2, 3, 4])
  expect(log()).toHaveLength(new Set(log()).size)
  expect((await told()).filter((type) => type === 'epoch')).toHaveLength(4)
})

it('events that were recorded are not recorded again', async () => {
  const { follow, log, read } = await trainedElsewhere()
  await follow()
  const [lines, end] = [log(), read()]
  expect(end).toBeGreaterThan(0)
  expect(await follow()).toEqual([])
  expect({ lines: log(), end: read() }).toEqual({ lines, end })
})
