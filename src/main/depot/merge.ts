import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { diskError } from '../files/durable-file.ts'
import { mergeExtensions } from '../extensions/keep.ts'
import { mergeWeights } from './keep-weights.ts'
import { makeDepot, phaseFolder, phaseIds } from './depot.ts'
import { claim, type Claim } from './owner.ts'
import { stageInThreads } from './stage-threads.ts'

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
  makeDepot(target)
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
  const folder = join(target, `${stagingPrefix}${process.pid}`)
  mkdirSync(folder)
  const present = new Set(await phaseIds(target))
  const phases = (await phaseIds(source)).map((id) => ({ id, isPresent: present.has(id) }))
  const { ids, left } = await stageInThreads({ source, target, folder, phases }, owner.lost)
  report.phases += phases.length
  const damaged = [...(await mergeExtensions(source, target)), ...(await mergeWeights(source, target))]
  report.left.push(...left, ...damaged.map((path) => `${path} is damaged and not copied`))
  if (ids.length > 0) await flushFileSystem(target)
  for (const [index, id] of ids.entries()) {
    if (index % phasesPerTurn === 0) await renew(owner)
    moveIn(join(folder, id), phaseFolder(target, id))
  }
  await flushFileSystem(target)
  report.copied += ids.length
  rmSync(folder, { recursive: true })
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
