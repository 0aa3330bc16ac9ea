import { expect, it, onTestFinished, vi } from 'vitest'
import { readEvents, openEvents } from '../../../../src/main/execution/depot/events.ts'
import { createPhaseRecorder } from '../../../../src/main/execution/executors/phase-recorder.ts'
import type { TrainerEvent } from '../../../../src/shared/phases/trainer-events.ts'
import { temporaryFolder } from '../../host/support.ts'

const progress = (batch: number): TrainerEvent => ({
  ...{ type: 'progress', epoch: 1, batch, batchesPerEpoch: 5, imagesPerEpoch: 1, imagesPerSecond: 1 },
  ...{ losses: [], residentBytes: 1 },
})
const log: TrainerEvent = { type: 'log', level: 'info', message: 'a' }

it('events of a phase are kept, progress every ten seconds, and all are passed on with where they end', async () => {
  const folder = temporaryFolder()
  const events = openEvents(folder, () => 1)
  const heard: [type: string, end: number | null][] = []
  const record = createPhaseRecorder(events, (event, end) => heard.push([event.type, end]))
  vi.useFakeTimers({ toFake: ['performance', 'Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const times = [0, 1, 9_999, 10_000, 19_999, 20_000]
  for (const [batch, time] of times.entries()) {
    vi.advanceTimersByTime(time - (times[batch - 1] ?? 0))
    // A node gets its time from the network.
    vi.setSystemTime(0)
    record(progress(batch))
  }
  record(log)
  record({ type: 'checkpoint', file: 'f', epoch: 1, step: 1, reason: 'epoch', improved: true })
  events.close()
  const read = await readEvents(folder)
  expect(read.events.map((event) => (event.type === 'progress' ? event.batch : event.type))).toEqual([0, 3, 5, 'log'])
  expect(heard.map(([type, end]) => [type, end !== null])).toEqual([
    ...times.map((_, batch) => ['progress', [0, 3, 5].includes(batch)]),
    ['log', true],
    ['checkpoint', false],
  ])
  expect(heard[6]![1]).toBe(read.end)
})
