import type { FileHandle } from 'node:fs/promises'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import { NoFileError, readRegularFile } from '../../../files/regular-file.ts'
import type { CheckpointFolder } from '../checkpoints/checkpoint-file.ts'
import { setAside } from '../../../files/set-aside.ts'
import { diskError, writeDurably } from '../../../files/durable-file.ts'
import type { Provenance, Versions } from '../../../files/checkpoint-manifest.ts'
import { versions } from '../../../files/checkpoint-manifest.ts'
import { sealOf } from '../../../files/sealed-json.ts'
import { earlierVersions, warnOfOtherVersions } from '../versions.ts'

const journalName = 'parts.jsonl'

/** The finished parts of an analysis, stored in its folder so that it can resume. */
export interface PartsJournal {
  /** Number of stored parts. */
  readonly size: number
  get(key: string): Float64Array | undefined
  /** Resolves when the part is on the disk. @throws ExitlabError `disk` if the disk is full; earlier parts stay. */
  keep(key: string, values: Float64Array): Promise<void>
  /** Versions that compute the parts, and those that computed some of them. */
  provenance: Provenance
  close(): Promise<void>
}

export interface JournalOptions extends CheckpointFolder {
  /** Seal of everything that the parts follow from. */
  question: string
  versions: Versions
}

/** Opens the journal of an analysis, without half-written and damaged lines. */
export async function openJournal(options: JournalOptions): Promise<PartsJournal> {
  const path = join(options.folder, journalName)
  const content = (await readKept(path, options)) ?? (await begin(path, options))
  const file = await open(path, 'a')
  try {
    await goOn(file, path, { content, options })
  } catch (error) {
    await file.close()
    throw error
  }
  const { parts, setUps } = content
  return {
    get size() {
      return parts.size
    },
    get: (key) => parts.get(key),
    async keep(key, values) {
      await append(file, path, partLine(key, values))
      parts.set(key, values)
    },
    provenance: provenanceOf(setUps, options.versions),
    close: () => file.close(),
  }
}

export async function removeJournal(folder: string): Promise<void> {
  await rm(join(folder, journalName), { force: true })
}

/** null if there is no journal of this analysis; another file in its place is reported and moved aside. */
async function readKept(path: string, { folder, warn, question }: JournalOptions): Promise<JournalContent | null> {
  const bytes = await readRegularFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    if (error instanceof NoFileError) return Buffer.alloc(0)
    throw diskError(path, error, 'read')
  })
  if (bytes === null) return null
  const content = readJournal(bytes, question)
  if (content !== null) return content
  warn(`${path} does not belong to this analysis. It is not used.`)
  await setAside(folder, journalName)
  return null
}

async function begin(path: string, { question, versions }: JournalOptions): Promise<JournalContent> {
  const line = setUpLine(question, versions)
  await writeDurably(path, line)
  return { parts: new Map(), setUps: [versions], soundBytes: line.byteLength, damaged: false }
}

interface Kept {
  content: JournalContent
  options: JournalOptions
}

/** Cuts off what cannot be believed, and notes the set-up where it has changed. */
async function goOn(file: FileHandle, path: string, { content, options }: Kept): Promise<void> {
  const { warn, question, versions } = options
  if (content.damaged) {
    warn(`${path} is damaged after part ${content.parts.size}. The later parts are computed again.`)
  }
  await file.truncate(content.soundBytes)
  const before = content.setUps.at(-1)!
  if (canonicalJson(before) === canonicalJson(versions)) return
  warnOfOtherVersions('The analysis', [before, versions], warn)
  await append(file, path, setUpLine(question, versions))
}

async function append(file: FileHandle, path: string, line: Uint8Array): Promise<void> {
  try {
    await file.writeFile(line)
    await file.datasync()
  } catch (error) {
    throw diskError(path, error)
  }
}

function provenanceOf(setUps: readonly Versions[], versions: Versions): Provenance {
  const [latest, ...others] = setUps.toReversed()
  const before = { versions: latest!, earlierVersions: others.toReversed() }
  return { versions, earlierVersions: earlierVersions(before, versions) }
}

/** Starts a journal, and warns if work resumes with other versions. */
const setUp = z.strictObject({
  /** Seal of everything that the parts follow from. */
  question: z.string(),
  versions,
})
const part = z.strictObject({
  part: z.string(),
  /** Bytes of the values as 64-bit floats, in base64: every bit of them is kept. */
  values: z.base64(),
})

/** Content of a journal. */
interface JournalContent {
  /** Values of parts by key, in their order. */
  parts: Map<string, Float64Array>
  /** Set-ups under which they were worked out, in their order. */
  setUps: Versions[]
  /** Bytes of the lines that can be believed. */
  soundBytes: number
  /** Whether what comes behind them is more than the one line that was being written when the trainer died. */
  damaged: boolean
}

function setUpLine(question: string, versions: Versions): Uint8Array {
  return sealedLine({ question, versions })
}

function partLine(key: string, values: Float64Array): Uint8Array {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  return sealedLine({ part: key, values: bytes.toString('base64') })
}

function sealedLine(content: object): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ ...content, seal: sealOf(content) })}\n`)
}

/** Reads the valid part of a journal; null if it is none, or of another analysis. */
function readJournal(bytes: Buffer, question: string): JournalContent | null {
  const content: JournalContent = { parts: new Map(), setUps: [], soundBytes: 0, damaged: false }
  while (content.soundBytes < bytes.length) {
    const end = bytes.indexOf('\n', content.soundBytes)
    if (end < 0 || !believe(content, unsealed(bytes.toString('utf8', content.soundBytes, end)), question)) {
      content.damaged = end >= 0 && end + 1 < bytes.length
      break
    }
    content.soundBytes = end + 1
  }
  return content.setUps.length === 0 ? null : content
}

/** Adds a line to the content; false if it is not a valid line of this journal. */
function believe({ setUps, parts }: JournalContent, line: unknown, question: string): boolean {
  const begun = setUp.safeParse(line)
  if (begun.success) {
    if (begun.data.question === question) setUps.push(begun.data.versions)
    return begun.data.question === question
  }
  const { data } = part.safeParse(line)
  if (data === undefined || setUps.length === 0) return false
  parts.set(data.part, valuesOf(data.values))
  return true
}

/** Content of a line without its seal; null if the seal is broken. */
function unsealed(text: string): unknown {
  try {
    const { seal, ...content } = JSON.parse(text) as Record<string, unknown>
    return seal === sealOf(content) ? content : null
  } catch {
    return null
  }
}

/** Copied, since a Buffer may be unaligned and floats may not. */
function valuesOf(base64: string): Float64Array {
  return new Float64Array(new Uint8Array(Buffer.from(base64, 'base64')).buffer)
}
