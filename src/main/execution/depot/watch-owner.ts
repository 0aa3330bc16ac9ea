import { stat } from 'node:fs/promises'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { when } from '../../../shared/format/times.ts'
import { nullIfMissing } from '../../../files/missing.ts'
import { nameOf, newestOwner, type Owner, type OwnerRecord } from './owner-file.ts'
import { isGone, thisMachine } from './process-identity.ts'

export interface Patience {
  beatMilliseconds: number
  expiryMilliseconds: number
}

export const patienceOf = ({
  beatMilliseconds = 10_000,
  expiryMilliseconds = 60_000,
}: Partial<Patience>): Patience => ({
  beatMilliseconds,
  expiryMilliseconds,
})

/**
 * Whether the owner of a folder lives: it is dead where its process is gone from this machine, or its file was not rewritten while it was
 * watched.
 */
export async function isAlive(
  folder: string,
  { generation, record }: Owner,
  patience: Patience,
  abandon?: AbortSignal,
): Promise<boolean> {
  if (hasLeft(record)) return false
  if (record !== null && hasJustBeaten(record, patience)) return true
  const { beatMilliseconds, expiryMilliseconds } = patience
  const end = performance.now() + expiryMilliseconds
  while (performance.now() < end) {
    await setTimeout(Math.min(beatMilliseconds / 4, end - performance.now()), undefined, { signal: abandon })
    const now = await newestOwner(folder)
    if (now?.record?.released) return false
    // A higher number: another process has taken it in the meantime.
    if (now?.generation !== generation || now.record?.beat !== record?.beat) return true
  }
  return false
}

/** Whether a process has a folder: it is watched where it is not known to be alive or dead. */
export async function isInWork(folder: string, patience: Partial<Patience> = {}): Promise<boolean> {
  const owner = await newestOwner(folder)
  return owner !== null && isAlive(folder, owner, patienceOf(patience))
}

/**
 * The owner of a folder and when it was last active, by the clock of the file system, left out while another process takes the folder;
 * null where there is none, or it has released it or is gone. On another machine it may have died since.
 */
export async function ownerInWords(folder: string): Promise<string | null> {
  const owner = await newestOwner(folder).catch(nullIfMissing)
  if (owner === null || hasLeft(owner.record)) return null
  // Another process may be taking the folder.
  const file = await stat(join(folder, nameOf(owner.generation))).catch(nullIfMissing)
  const last = file === null ? '' : `, last active at ${when(file.mtimeMs)}`
  return processInWords(owner.record) + last
}

/** What the owner of a folder changes every few seconds while it lives; null where there is none, or it has released it or is gone. */
export async function beatOf(folder: string): Promise<string | null> {
  const owner = await newestOwner(folder).catch(nullIfMissing)
  if (owner === null || hasLeft(owner.record)) return null
  return `${owner.generation} ${owner.record?.beat}`
}

const hasLeft = (record: OwnerRecord | null) => record !== null && (record.released || isGone(record))

/** Whether an owner on this machine need not be watched: its last beat is no older than two of them take. */
function hasJustBeaten({ machine, beatAt }: OwnerRecord, { beatMilliseconds }: Patience): boolean {
  const seconds = uptime() - beatAt
  return machine === thisMachine() && seconds >= 0 && seconds * 1000 < 2 * beatMilliseconds
}

/** `process 17 on node3 (job 12_3)` */
export function processInWords(owner: OwnerRecord | null): string {
  if (owner === null) return 'another process'
  return `process ${owner.pid} on ${owner.host}${owner.job === null ? '' : ` (job ${owner.job})`}`
}
