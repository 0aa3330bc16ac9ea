import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  fsyncSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openEvents, readEvents } from '../../../../src/main/execution/depot/events.ts'
import type { PhaseEvent } from '../../../../src/shared/phases/phase-events.ts'
import type { TrainerEvent } from '../../../../src/shared/phases/trainer-events.ts'
import { temporaryFolder } from '../../host/support.ts'
import { fillDisk, mountSmallDisk } from '../../../support/small-disk.ts'

vi.mock(import('node:fs'), async (original) => {
  const module = await original()
  return { ...module, fsyncSync: vi.fn(module.fsyncSync) }
})

const log = (message: string): Extract<PhaseEvent, { type: 'log' }> => ({ type: 'log', level: 'info', message })

test('events are read from where the last reading ended', async () => {
  const folder = temporaryFolder()
  expect(await readEvents(folder)).toEqual({ events: [], end: 0 })
  const events = openEvents(folder, () => 5)
  events.append(log('a'))
  const first = await readEvents(folder)
  expect(first.events).toEqual([{ at: 5, ...log('a') }])
  events.append(log('b'))
  events.close()
  expect((await readEvents(folder, first.end)).events).toEqual([{ at: 5, ...log('b') }])
})

test.each([
  ['shorter', ['c']],
  ['longer', ['c', 'd'.repeat(500)]],
])('events that were begun anew are read from the first one on, also where their file is %s', async (_, messages) => {
  const folder = temporaryFolder()
  const append = (texts: string[]) => {
    const events = openEvents(folder, () => 5)
    for (const text of texts) events.append(log(text))
    events.close()
  }
  append(['a', 'b'])
  const { end } = await readEvents(folder)
  rmSync(join(folder, 'events.jsonl'))
  expect(await readEvents(folder, end)).toEqual({ events: [], end })
  append(messages)
  const read = await readEvents(folder, end)
  expect(read.events).toEqual(messages.map((message) => ({ at: 5, ...log(message) })))
  expect((await readEvents(folder, read.end)).events).toEqual([])
})

test('events have a line each, whoever writes them', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'events.jsonl')
  for (const messages of [['a', 'b'], ['c']]) {
    const events = openEvents(folder, () => 5)
    for (const message of messages) expect(events.append(log(message))).toBe(statSync(path).size)
    events.close()
  }
  const lines = ['a', 'b', 'c'].map((message) => `${JSON.stringify({ at: 5, ...log(message) })}\n`)
  expect(readFileSync(path, 'utf8')).toBe(lines.join(''))
})

test('events are on the disk once they are appended, but progress need not be', () => {
  const progress = { epoch: 1, batch: 1, batchesPerEpoch: 5, imagesPerEpoch: 1, imagesPerSecond: 1, losses: [] }
  const events = openEvents(temporaryFolder(), () => 5)
  vi.mocked(fsyncSync).mockClear()
  events.append({ type: 'progress', ...progress, residentBytes: 1 })
  expect(fsyncSync).not.toHaveBeenCalled()
  events.append(log('a'))
  expect(fsyncSync).toHaveBeenCalledOnce()
  events.close()
})

test('events are read whole, however many there are', async () => {
  const folder = temporaryFolder()
  const events = openEvents(folder, () => 5)
  const messages = Array.from({ length: 50 }, (_, index) => String(index).repeat(2000))
  for (const message of messages) events.append(log(message))
  events.close()
  const read = await readEvents(folder)
  expect(read.events).toEqual(messages.map((message) => ({ at: 5, ...log(message) })))
  expect(read.end).toBe(statSync(join(folder, 'events.jsonl')).size)
})

test('events are neither written into a pipe or a folder nor read below a file', async () => {
  const [folder, other] = [temporaryFolder(), temporaryFolder()]
  execFileSync('mkfifo', [join(folder, 'events.jsonl')])
  expect(() => openEvents(folder, () => 5)).toThrow(/events\.jsonl is a device or a pipe/)
  mkdirSync(join(other, 'events.jsonl'))
  expect(() => openEvents(other, () => 5)).toThrow(/events\.jsonl cannot be written: EISDIR/)
  writeFileSync(join(other, 'file'), '')
  await expect(readEvents(join(other, 'file'))).rejects.toMatchObject({ code: 'disk' })
})

test('an incomplete line is not read until it is complete, and one left by a crash is skipped', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'events.jsonl')
  appendFileSync(path, '{"at":1,"type":"log","lev')
  expect(await readEvents(folder)).toEqual({ events: [], end: 0 })
  const events = openEvents(folder, () => 5)
  events.append(log('after'))
  events.close()
  const { events: read, end } = await readEvents(folder)
  expect(read).toEqual([{ at: 5, ...log('after') }])
  expect(end).toBe(readFileSync(path).length)
})

/** Files of /proc have the size 0 whatever they hold, as a file has its old size where attributes are cached. */
test.skipIf(process.platform !== 'linux')(
  'events are read to their end, whatever size the file is said to have',
  async () => {
    const folder = temporaryFolder()
    const child = spawn('sh', ['-c', 'echo; read line', 'sh', `\n{"at":1,"type":"log","level":"info","message":"a"}\n`])
    onTestFinished(() => void child.kill())
    await once(child.stdout, 'data')
    symlinkSync(`/proc/${child.pid}/cmdline`, join(folder, 'events.jsonl'))
    expect(statSync(join(folder, 'events.jsonl')).size).toBe(0)
    expect((await readEvents(folder)).events).toEqual([{ at: 1, ...log('a') }])
  },
)

test('an event of which a full disk takes the beginning is refused, and the next one is not lost with it', async ({
  skip,
}) => {
  const folder = temporaryFolder()
  skip(!mountSmallDisk(folder), 'this process may not mount a small disk')
  onTestFinished(() => void execFileSync('umount', [folder]))
  const events = openEvents(folder, () => 5)
  // All but some bytes of the blocks that the file has.
  events.append(log('a'.repeat(4000)))
  fillDisk(join(folder, 'filler'))
  expect(() => events.append(log('b'.repeat(400)))).toThrow('the disk is full')
  rmSync(join(folder, 'filler'))
  events.append(log('c'))
  events.close()
  const { events: read } = await readEvents(folder)
  expect(read).toEqual([
    { at: 5, ...log('a'.repeat(4000)) },
    { at: 5, ...log('c') },
  ])
})

const progress = (batch: number): TrainerEvent => ({
  ...{ type: 'progress', epoch: 1, batch, batchesPerEpoch: 5, imagesPerEpoch: 1, imagesPerSecond: 1 },
  ...{ losses: [], residentBytes: 1 },
})

test('events of a phase are kept, progress every ten seconds, and it is told where each ends', async () => {
  const folder = temporaryFolder()
  const events = openEvents(folder, () => 1)
  const ends: [type: string, end: number | null][] = []
  const keep = (event: TrainerEvent) => ends.push([event.type, events.keep(event)])
  vi.useFakeTimers({ toFake: ['performance', 'Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const times = [0, 1, 9_999, 10_000, 19_999, 20_000]
  for (const [batch, time] of times.entries()) {
    vi.advanceTimersByTime(time - (times[batch - 1] ?? 0))
    // A node gets its time from the network.
    vi.setSystemTime(0)
    keep(progress(batch))
  }
  keep(log('a'))
  keep({ type: 'checkpoint', file: 'f', epoch: 1, step: 1, reason: 'epoch', improved: true })
  events.close()
  const read = await readEvents(folder)
  expect(read.events.map((event) => (event.type === 'progress' ? event.batch : event.type))).toEqual([0, 3, 5, 'log'])
  expect(ends.map(([type, end]) => [type, end !== null])).toEqual([
    ...times.map((_, batch) => ['progress', [0, 3, 5].includes(batch)]),
    ['log', true],
    ['checkpoint', false],
  ])
  expect(ends[6]![1]).toBe(read.end)
})
