import { expect, test } from 'vitest'
import type { HostChange, HostEvent } from '../../../../../src/shared/phases/events.ts'
import { createEventLog } from '../../../../../src/main/host/queue/events/event-log.ts'

const purged = (run: string): HostChange => ({ type: 'purged', run })
const progress = (phase: string, batch: number): HostChange => ({
  type: 'progress',
  progress: {
    run: 'r',
    phase,
    epoch: 0,
    maxEpochs: 1,
    batch,
    batchesPerEpoch: 100,
    imagesPerSecond: 1,
    losses: [],
    secondsLeftAtMost: 1,
    runSecondsLeftAtMost: 1,
  },
})
const epoch = (phase: string) => ({ type: 'epoch', run: 'r', phase, record: {}, metrics: [] }) as unknown as HostChange

/** What a follower hears until the log is closed. */
async function heard(events: AsyncIterable<HostEvent>): Promise<HostEvent[]> {
  const all: HostEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

test('a follower receives later events, one with a cursor those after the cursor', async () => {
  const log = createEventLog('s')
  log.publish(purged('a'))
  const late = heard(log.follow(null))
  await Promise.resolve()
  log.publish(purged('b'))
  log.publish(purged('c'))
  const again = heard(log.follow('s.2'))
  const all = heard(log.follow('s.0'))
  await Promise.resolve()
  log.close()
  const runs = (events: HostEvent[]) => events.map((event) => (event as { run: string }).run)
  expect(runs(await late)).toEqual(['b', 'c'])
  expect(runs(await again)).toEqual(['c'])
  expect(runs(await all)).toEqual(['a', 'b', 'c'])
})

test('only the latest of frequent progress events of each phase is sent, in its place', async () => {
  const log = createEventLog('s')
  const events = heard(log.follow('s.0'))
  for (let batch = 1; batch <= 50; batch++) log.publish(progress(batch % 2 ? 'odd' : 'even', batch))
  log.publish(purged('a'))
  log.close()
  expect((await events).map((event) => (event.type === 'progress' ? event.progress.batch : event.type))).toEqual([
    49,
    50,
    'purged',
  ])
})

test('only the present state of an analysis is sent, and nothing before its deletion', async () => {
  const analysis = (id: string, done: number) => ({ type: 'analysis', analysis: { id, done } }) as unknown as HostChange
  const log = createEventLog('s')
  const events = heard(log.follow('s.0'))
  for (let done = 1; done <= 5; done++) for (const id of ['kept', 'gone']) log.publish(analysis(id, done))
  log.publish(purged('a'))
  log.publish({ type: 'analysis-deleted', analysis: 'gone' })
  log.close()
  expect(
    (await events).map((event) => (event.type === 'analysis' ? [event.analysis.id, event.analysis.done] : event.type)),
  ).toEqual([['kept', 5], 'purged', 'analysis-deleted'])
})

test('no follower receives progress of one phase more than ten times a second', async () => {
  const log = createEventLog('s')
  const events = heard(log.follow(null))
  const timer = setInterval(() => log.publish(progress('p', 1)), 5)
  const started = performance.now()
  await new Promise((resolve) => setTimeout(resolve, 450))
  clearInterval(timer)
  log.close()
  const count = (await events).length
  expect(count).toBeGreaterThan(1)
  // One at the beginning and one at the close come on top.
  expect(count).toBeLessThanOrEqual((performance.now() - started) / 100 + 2)
})

test('progress is dropped once its epoch is over', async () => {
  const log = createEventLog('s')
  log.publish(progress('p', 9))
  log.publish(epoch('p'))
  const events = heard(log.follow('s.0'))
  log.close()
  expect((await events).map(({ type }) => type)).toEqual(['epoch'])
})

test('a cursor of another host, or one that is too old, begins with a reset', async () => {
  const log = createEventLog('s')
  for (let run = 0; run < 10_050; run++) log.publish(purged(String(run)))
  const first = async (cursor: string) => (await log.follow(cursor).next()).value
  expect(await first('other.3')).toEqual({ type: 'reset', cursor: 's.10050' })
  expect(await first('s.20')).toEqual({ type: 'reset', cursor: 's.10050' })
  expect(await first('s.20000')).toEqual({ type: 'reset', cursor: 's.10050' })
  expect(await first('nonsense')).toEqual({ type: 'reset', cursor: 's.10050' })
  expect(await first('s.50')).toMatchObject({ type: 'purged', run: '50' })
})

test('what happens between the call and the first event that is asked for is not missed', async () => {
  const log = createEventLog('s')
  const events = log.follow(null)
  log.publish(purged('a'))
  log.close()
  expect(await heard(events)).toMatchObject([{ type: 'purged', run: 'a' }])
})

test('a follower that falls too far behind is told to read everything anew', async () => {
  const log = createEventLog('s')
  const events = log.follow(null)
  log.publish(purged('first'))
  expect((await events.next()).value).toMatchObject({ run: 'first' })
  for (let run = 0; run < 10_050; run++) log.publish(purged(String(run)))
  expect((await events.next()).value).toEqual({ type: 'reset', cursor: 's.10051' })
  log.publish(purged('last'))
  expect((await events.next()).value).toMatchObject({ run: 'last' })
})

test('followers end with their signal, with the log, and with its failure', async () => {
  const log = createEventLog('s')
  const controller = new AbortController()
  const aborted = heard(log.follow(null, controller.signal))
  controller.abort()
  expect(await aborted).toEqual([])
  const failing = heard(log.follow(null))
  log.publish(purged('a'))
  log.fail(new Error('the disk is full'))
  await expect(failing).rejects.toThrow('the disk is full')
})

test('a follower that comes after a failure receives it too, until the log is opened again', async () => {
  const log = createEventLog('s')
  log.fail(new Error('the disk is full'))
  await expect(heard(log.follow(null))).rejects.toThrow('the disk is full')
  log.reopen()
  const events = log.follow(null)
  log.publish(purged('a'))
  log.close()
  expect(await heard(events)).toMatchObject([{ run: 'a' }])
})
