import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { chunksOf } from '../../../shared/basics/chunks.ts'
import { diskError } from '../../../files/durable-file.ts'
import { mergeExtensions } from '../../extensions/keep.ts'
import { mergeWeights } from './keep-weights.ts'
import { makeDepot, phaseFolder, phaseIds } from './depot.ts'
import { claim, whileOwned, type Claim } from './owner.ts'
import { missingNames, type Staging } from './stage-phases.ts'
import { stageInThreads } from './stage-threads.ts'

interface MergeReport {
  /** Phases in the sources. */
  phases: number
  /** Phases of which something was copied. */
  copied: number
  /** Phases that were left as they are, and why. */
  left: string[]
}

const stagingPrefix = 'merging-'

/** Phases between two looks at whether the depot is still owned. On a network file system, each waits for its server. */
const movedAtOnce = 32

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
  for (const some of chunksOf(ids, movedAtOnce)) {
    await renew(owner)
    const moved = await Promise.all(some.map((id) => moveIn(id, { source, target, folder })))
    report.copied += moved.filter(Boolean).length
    const left = some.filter((_, index) => !moved[index])
    report.left.push(
      ...left.map((id) => `${id} was left as it is in ${target}, as a process has worked on it meanwhile`),
    )
  }
  await flushFileSystem(target)
  rmSync(folder, { recursive: true })
}

/** @returns false, with nothing moved, where a process has worked on the phase since it was staged, in either depot. */
async function moveIn(id: string, { source, target, folder }: Omit<Staging, 'phases'>): Promise<boolean> {
  const [from, staged, to] = [source, folder, target].map((each) => phaseFolder(each, id)) as [string, string, string]
  if (!existsSync(to)) {
    renameSync(staged, to)
    return true
  }
  let names: string[] = []
  await whileOwned(to, { what: `The phase ${id}`, job: null }, async () => {
    const missing = missingNames(from, to)
    if (missing.every((name) => existsSync(join(staged, name)))) names = missing
    for (const name of names) renameSync(join(staged, name), join(to, name))
  })
  return names.length > 0
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
