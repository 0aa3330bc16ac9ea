import { execFile } from 'node:child_process'
import { hash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { copyDurably, diskError } from '../files/durable-file.ts'
import { makeFolders } from '../files/make-folders.ts'
import { sha256OfPath } from '../files/pieces.ts'
import { openRegularFile } from '../files/regular-file.ts'
import { bringFile } from './bring-file.ts'
import { phaseFolder, phaseIds } from './depot.ts'
import { eventsName } from './events.ts'
import { claim, isOwned, isOwnerFile, type Claim } from './owner.ts'
import { readContent, recordedFiles, stepsIn, type PhaseContent } from './phase-content.ts'
import { jobName } from './phase-job.ts'

export interface MergeReport {
  /** Phases in the sources. */
  phases: number
  /** Phases of which something was copied. */
  copied: number
  /** Phases that were left as they are, and why. */
  left: string[]
}

const stagingPrefix = 'merging-'

/** Phases between two looks at whether the depot is still owned. */
const phasesPerTurn = 100

/**
 * Copies into a depot what other depots have and it lacks: phases by their ids, files by their SHA-256, each verified. On one file
 * system, files of this user are linked, except those that are appended to. All are flushed to the disk before any of them has its
 * name, so a merge that is interrupted leaves only a folder that the next one removes. @throws ExitlabError `disk`, or `conflict` while another process merges into it.
 */
export async function mergeDepots(target: string, sources: readonly string[]): Promise<MergeReport> {
  makeFolders(target)
  const owner = await claim(target, { what: `The depot ${target}`, job: null })
  try {
    removeStaging(target)
    const report: MergeReport = { phases: 0, copied: 0, left: [] }
    for (const source of sources) await mergeOne({ source, target, report, owner })
    return report
  } catch (error) {
    throw diskError(target, error)
  } finally {
    removeStaging(target)
    await owner.release()
  }
}

interface Merge {
  source: string
  target: string
  report: MergeReport
  owner: Claim
}

async function mergeOne({ source, target, report, owner }: Merge): Promise<void> {
  const staging = join(target, `${stagingPrefix}${process.pid}`)
  mkdirSync(staging)
  const present = new Set(await phaseIds(target))
  const staged: string[] = []
  for (const id of await phaseIds(source)) {
    if (report.phases++ % phasesPerTurn === 0) await renew(owner)
    const from = phaseFolder(source, id)
    const there = present.has(id) ? readContent(phaseFolder(target, id)) : null
    if (there?.names.some(isOwnerFile) && (await isOwned(phaseFolder(target, id)))) {
      report.left.push(`${id} is being trained in ${target}`)
      continue
    }
    const { files, left } = missingFiles(from, there)
    const fault = files.length === 0 ? null : stage(files, { from, to: join(staging, id) })
    if (files.length > 0 && fault === null) staged.push(id)
    const reason = fault ?? left
    if (reason !== null) report.left.push(`${id} ${reason}`)
  }
  if (staged.length > 0) await flushFileSystem(target)
  for (const [index, id] of staged.entries()) {
    if (index % phasesPerTurn === 0) await renew(owner)
    moveIn(join(staging, id), phaseFolder(target, id))
  }
  await flushFileSystem(target)
  report.copied += staged.length
  rmSync(staging, { recursive: true })
}

/** Copies what a folder of a phase has and another lacks, each file verified and flushed; nothing if one is damaged. */
export async function copyPhase(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return
  const { files } = missingFiles(from, existsSync(to) ? readContent(to) : null)
  makeFolders(to)
  const isSound = ({ name, sha256 }: MissingFile) =>
    existsSync(join(from, name)) && (sha256 === null || sha256OfPath(join(from, name)) === sha256)
  if (!files.every(isSound)) return
  for (const { name } of files) {
    await using file = await openRegularFile(join(from, name))
    await copyDurably(file, join(to, name))
  }
}

interface MissingFile {
  name: string
  /** null: it may hold anything. */
  sha256: string | null
}

interface Missing {
  files: MissingFile[]
  /** Why something is not copied, as the end of a sentence. */
  left: string | null
}

/** Files of a phase that a depot lacks, records behind what they are of. */
function missingFiles(from: string, known: PhaseContent | null): Missing {
  const content = readContent(from)
  const difference = known && differenceOf(content, known)
  if (difference) return { files: [], left: difference }
  const recorded = recordedFiles(content).filter(({ name }) => known === null || isWanted(name, content, known))
  const others = [jobName, eventsName].filter((name) => content.names.includes(name) && !known?.names.includes(name))
  const files = [
    ...recorded.flatMap(({ name, record, sha256 }) => [
      { name, sha256 },
      { name: record, sha256: hash('sha256', content.texts.get(record)!) },
    ]),
    ...others.map((name) => ({ name, sha256: null })),
  ]
  const damage = content.damaged.map((name) => join(from, name)).join(', ')
  return { files, left: damage === '' ? null : `is copied without what is damaged: ${damage}` }
}

/** Brings files into a folder. @returns the end of a sentence where one is not what it should be; then none is there. */
function stage(files: readonly MissingFile[], { from, to }: { from: string; to: string }): string | null {
  mkdirSync(to)
  for (const { name, sha256 } of files) {
    const brought = bringFile(join(from, name), join(to, name), { linked: name !== eventsName })
    if (brought !== null && (sha256 === null || brought === sha256)) continue
    rmSync(to, { recursive: true })
    return `is not copied: ${join(from, name)} is missing or damaged`
  }
  return null
}

function differenceOf(content: PhaseContent, known: PhaseContent): string | null {
  if (content.weights === null || known.weights === null || content.weights.sha256 === known.weights.sha256) return null
  const device = (each: PhaseContent) => each.weights!.versions.device ?? 'an unknown device'
  return `has other weights there: trained on ${device(content)}, and on ${device(known)}, whose are kept`
}

/** Of two states of an unfinished phase, the one with more steps. */
function isWanted(name: string, content: PhaseContent, known: PhaseContent): boolean {
  if (known.names.includes(name)) return false
  if (known.weights !== null) return content.weights !== null
  return content.weights !== null || stepsIn(content) > stepsIn(known)
}

function moveIn(staged: string, folder: string): void {
  if (!existsSync(folder)) return renameSync(staged, folder)
  // A file counts once its record exists, which is written after it.
  const records = (name: string) => (name.endsWith('.json') ? 1 : 0)
  const names = readdirSync(staged).sort((a, b) => records(a) - records(b))
  for (const name of names) renameSync(join(staged, name), join(folder, name))
}

/** Lets the owner's file be rewritten. @throws the reason where another process took the depot over. */
async function renew({ lost }: Claim): Promise<void> {
  await setImmediate()
  lost.throwIfAborted()
}

/** One flush for all files: one for each would take minutes. */
async function flushFileSystem(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await promisify(execFile)('sync', process.platform === 'linux' ? ['-f', folder] : [])
}

/** What an interrupted merge left. */
export function removeStaging(depot: string): void {
  for (const name of readdirSync(depot))
    if (name.startsWith(stagingPrefix)) rmSync(join(depot, name), { recursive: true })
}
