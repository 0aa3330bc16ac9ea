import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { isTrainingEvent, phaseEvent, type PhaseEvent } from '../../../shared/phases/phase-events.ts'
import type { TrainerEvent } from '../../../shared/phases/trainer-events.ts'
import { diskError } from '../../../files/durable-file.ts'
import { NoFileError, openRegularFile } from '../../../files/regular-file.ts'

export const eventsName = 'events.jsonl'

/** Minimum interval between two events of progress. */
const progressMilliseconds = 10_000

/** `at`: milliseconds since 1970, by the clock of the machine that wrote it. */
const line = z.intersection(z.object({ at: z.int() }), phaseEvent)
export type TimedEvent = z.infer<typeof line>

/** The events of a phase, to be appended to; one process at a time. */
export interface EventWriter {
  /** Appends an event; flushes it to the disk unless it is progress. @returns where the file ends then. @throws ExitlabError `disk` */
  append(event: PhaseEvent): number
  /** Appends what a trainer tells if it says something of the phase; progress every ten seconds. @returns as `append`; null where it is not kept. */
  keep(event: TrainerEvent): number | null
  close(): void
}

export function openEvents(folder: string, now: () => number): EventWriter {
  const path = join(folder, eventsName)
  const file = openToAppend(path)
  let torn = !endsWithLine(file)
  // Not by the time of day, which may be set back.
  let lastProgress = -Infinity
  function append(event: PhaseEvent): number {
    try {
      // The writer before died within a line, or its disk was full.
      writeWhole(file, `${torn ? '\n' : ''}${JSON.stringify({ at: now(), ...event })}\n`)
      torn = false
      if (event.type !== 'progress') fsyncSync(file)
      return fstatSync(file).size
    } catch (error) {
      torn = true
      throw diskError(path, error)
    }
  }
  function keep(event: TrainerEvent): number | null {
    if (!isTrainingEvent(event)) return null
    if (event.type === 'progress') {
      if (performance.now() - lastProgress < progressMilliseconds) return null
      lastProgress = performance.now()
    }
    return append(event)
  }
  return {
    append,
    keep,
    close: () => closeSync(file),
  }
}

/** A disk that is nearly full takes the beginning alone, and refuses only what is left. */
function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
}

function openToAppend(path: string): number {
  try {
    const file = openSync(path, 'a+')
    if (fstatSync(file).isFile()) return file
    closeSync(file)
  } catch (error) {
    throw diskError(path, error)
  }
  throw new ExitlabError('disk', `${path} is a device or a pipe: events cannot be appended to it. Remove it.`)
}

function endsWithLine(file: number): boolean {
  const { size } = fstatSync(file)
  if (size === 0) return true
  const last = Buffer.alloc(1)
  readSync(file, last, 0, 1, size - 1)
  return last[0] === newline
}

const newline = 0x0a
const pieceLength = 1 << 16

/** Events of a phase and where the next ones begin. */
interface ReadEvents {
  events: TimedEvent[]
  /** Bytes read. */
  end: number
}

/**
 * Complete lines from where an earlier reading ended; lines that are not events, such as half-written ones after a crash, are
 * skipped. Where no line ends there, it is another file, as after its folder was removed: that is read from its beginning.
 */
export async function readEvents(folder: string, from = 0): Promise<ReadEvents> {
  const start = Math.max(0, from - 1)
  const bytes = await bytesFrom(join(folder, eventsName), start)
  if (bytes === null) return { events: [], end: from }
  if (from > 0 && bytes[0] !== newline) return readEvents(folder)
  const length = bytes.lastIndexOf(newline) + 1
  const lines = bytes.subarray(0, length).toString().split('\n')
  return { events: lines.flatMap((text) => eventIn(text) ?? []), end: start + length }
}

/** To the end, wherever that is: its size may be an old one where a file system caches the attributes of files. Null: there is no file. */
async function bytesFrom(path: string, from: number): Promise<Buffer | null> {
  try {
    await using file = await openRegularFile(path)
    const pieces: Buffer[] = []
    for (let at = from; ;) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(pieceLength), 0, pieceLength, at)
      if (bytesRead === 0) return Buffer.concat(pieces)
      pieces.push(buffer.subarray(0, bytesRead))
      at += bytesRead
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof NoFileError) return null
    throw diskError(path, error, 'read')
  }
}

/** The event that a line tells; null where it tells none, as one that a crash cut off. */
export function eventIn(text: string): TimedEvent | null {
  try {
    return line.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
