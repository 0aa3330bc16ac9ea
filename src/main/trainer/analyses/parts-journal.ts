import type { FileHandle } from 'node:fs/promises'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { CheckpointFolder } from '../checkpoints/checkpoint-file.ts'
import { NoFileError, readRegularFile } from '../../files/regular-file.ts'
import { setAside } from '../checkpoints/checkpoint-file.ts'
import { diskError, writeDurably } from '../../files/durable-file.ts'
import type { Provenance, Versions } from '../../files/checkpoint-manifest.ts'
import { earlierVersions, warnOfOtherVersions } from '../versions.ts'
import type { JournalContent } from './journal-lines.ts'
import { partLine, readJournal, setUpLine } from './journal-lines.ts'

const journalName = 'parts.jsonl'

/** The parts of an analysis that are worked out, kept in its folder so that it goes on from there. */
export interface PartsJournal {
  /** How many parts are kept. */
  readonly size: number
  get(key: string): Float64Array | undefined
  /** Returns once the part is on the disk. @throws ExitlabError `disk` where it does not fit; what was kept before stays. */
  keep(key: string, values: Float64Array): Promise<void>
  /** What works the parts out, and what has worked out some of them. */
  provenance: Provenance
  close(): Promise<void>
}

export interface JournalOptions extends CheckpointFolder {
  /** Seal of everything that the parts follow from. */
  question: string
  versions: Versions
}

/** Opens the journal of an analysis, without what a trainer that died left half-written, and without what is damaged. */
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

/** null where there is no journal of this question; what lies there instead is named and set aside. */
async function readKept(path: string, { folder, warn, question }: JournalOptions): Promise<JournalContent | null> {
  const bytes = await readRegularFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    if (error instanceof NoFileError) return Buffer.alloc(0)
    throw diskError(path, error, 'read')
  })
  if (bytes === null) return null
  const content = readJournal(bytes, question)
  if (content !== null) return content
  warn(`${path} does not hold parts of this analysis. It is not used.`)
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
    warn(`${path} is damaged behind part ${content.parts.size}. What comes behind it is worked out again.`)
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
