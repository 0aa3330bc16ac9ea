import { forEach } from '../../../datasets/formats/files.ts'
import type { Files } from '../../../datasets/formats/folder-files.ts'
import { soundInThread } from '../../../datasets/formats/image-threads.ts'
import { chunksOf } from '../../../shared/basics/chunks.ts'
import { count } from '../../../shared/format/numbers.ts'
import { type DecodedRecord, markOf, openDecodedRecord } from './decoded-record.ts'

export interface Check {
  /** File that remembers which images have been decoded before; undefined: none does. */
  record: string | undefined
  /** If more images than this have not been decoded before, none is. */
  most: number
  /** Tells how far a long check is. */
  say(message: string): void
}

/** Images after which the record is written, so that an interrupted check goes on from there. */
const recordedAtOnce = 20_000

/** Images of a piece of work for a thread. */
const chunkSize = 16

/** A file that has not been decoded before. */
interface Unknown {
  place: number
  path: string
  mark: bigint | null
}

/**
 * Places of the files that cannot be decoded as images. Each file is decoded once, as long as its size and time of change stay; none
 * is reported where more than `most` would have to be. @throws ExitlabError `data` naming a file that cannot be read.
 */
export async function damagedFiles(files: Files, { record: path, most, say }: Check): Promise<number[]> {
  const record = await openDecodedRecord(path)
  const unknown = await unknownFiles(files, record, most)
  const damaged: number[] = []
  for (let start = 0; start < unknown.length && unknown.length <= most; start += recordedAtOnce) {
    if (unknown.length > recordedAtOnce)
      say(`Looking for damaged images, once: ${count(start)} of ${count(unknown.length)} decoded`)
    damaged.push(...(await decodeAll(unknown.slice(start, start + recordedAtOnce), record)))
  }
  return damaged.sort((a, b) => a - b)
}

/** Hardly more than `most`: the search ends there. */
async function unknownFiles(files: Files, record: DecodedRecord, most: number): Promise<Unknown[]> {
  const unknown: Unknown[] = []
  await forEach(files, async ({ path }, place) => {
    if (unknown.length > most) return
    const mark = await markOf(path)
    if (mark === null || !record.has(mark)) unknown.push({ place, path, mark })
  })
  return unknown
}

async function decodeAll(files: readonly Unknown[], record: DecodedRecord): Promise<number[]> {
  const [damaged, sound]: [number[], bigint[]] = [[], []]
  const decode = async (chunk: readonly Unknown[]) => {
    const answers = await soundInThread(chunk.map(({ path }) => path))
    for (const [index, { place, mark }] of chunk.entries()) {
      if (!answers[index]) damaged.push(place)
      else if (mark !== null) sound.push(mark)
    }
  }
  await Promise.all(chunksOf(files, chunkSize).map(decode))
  await record.add(sound)
  return damaged
}
