import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { partialSuffix } from '../files/durable-file.ts'
import { asideSuffix } from '../files/set-aside.ts'
import { phaseFolder, phaseIds } from './depot.ts'
import { removeStaging } from './merge.ts'
import { claim, isOwned } from './owner.ts'
import { readContent, recordOf, type PhaseContent } from './phase-content.ts'

export interface GarbageOptions {
  /** Ids of phases that are needed; null: all are. */
  needed: ReadonlySet<string> | null
  /** Only count. */
  dryRun: boolean
}

export interface Garbage {
  /** Ids of removed phases. */
  phases: string[]
  /** Number of removed files in other phases. */
  files: number
  bytes: number
  /** Ids of phases that were left alone because they are in work. */
  busy: string[]
}

/**
 * Removes unneeded content of a depot: half-written and damaged files, checkpoints of finished phases, and phases that are not
 * needed. Phases that are being trained are skipped. @throws ExitlabError `conflict` while another process merges into it.
 */
export async function collectGarbage(depot: string, { needed, dryRun }: GarbageOptions): Promise<Garbage> {
  const ids = await phaseIds(depot)
  const owner = await claim(depot, { what: `The depot ${depot}`, job: null })
  try {
    if (!dryRun) removeStaging(depot)
    const garbage: Garbage = { phases: [], files: 0, bytes: 0, busy: [] }
    for (const id of ids) {
      const folder = phaseFolder(depot, id)
      if (await isOwned(folder)) {
        garbage.busy.push(id)
        continue
      }
      const whole = needed !== null && !needed.has(id)
      const names = whole ? readdirSync(folder) : leftoversIn(readContent(folder))
      garbage.bytes += names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
      if (whole) garbage.phases.push(id)
      else garbage.files += names.length
      if (dryRun) continue
      if (whole) rmSync(folder, { recursive: true })
      else for (const name of recordsFirst(names)) rmSync(join(folder, name), { recursive: true })
    }
    return garbage
  } finally {
    await owner.release()
  }
}

/** A file without its record is as if it had never been finished. */
const recordsFirst = (names: readonly string[]) =>
  names.toSorted((a, b) => Number(b.endsWith('.json')) - Number(a.endsWith('.json')))

function leftoversIn({ names, weights, snapshots }: PhaseContent): string[] {
  const done = new Set(weights === null ? [] : snapshots.flatMap(({ file }) => [file, recordOf(file)]))
  const unfinished = (name: string) => name.endsWith('.safetensors') && !names.includes(recordOf(name))
  return names.filter(
    (name) => name.endsWith(partialSuffix) || name.endsWith(asideSuffix) || done.has(name) || unfinished(name),
  )
}
