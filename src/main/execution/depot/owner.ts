import { rm } from 'node:fs/promises'
import { hostname, uptime } from 'node:os'
import { join } from 'node:path'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { isDiskFull } from '../../../files/durable-file.ts'
import {
  createOwnerFile,
  generations,
  nameOf,
  newestOwner,
  rewriteOwnerFile,
  type Owner,
  type OwnerRecord,
} from './owner-file.ts'
import { onWake } from './on-wake.ts'
import { isSame, thisMachine, thisProcess } from './process-identity.ts'
import { isAlive, patienceOf, processInWords, type Patience } from './watch-owner.ts'

/**
 * Ownership of a folder on a file system whose locks cannot be relied on: a file in it, `owner-00000001.json`, which its owner
 * rewrites every few seconds. The file with the highest number counts. Whoever wants the folder creates the next number, which
 * succeeds for one alone, once the owner has released it or is dead: its process is gone from this machine, or its file was not
 * rewritten while it was watched for `expiryMilliseconds`. A process id says only that a process is gone: one that runs may be
 * another with the same number, as in a container that is started again. Clocks of two machines are never compared.
 * (docs/decisions/013-depot.md)
 */
export interface Claim {
  /** Aborted, with the reason, when the folder is no longer owned: another process took it over, or it cannot be written. */
  lost: AbortSignal
  release(): Promise<void>
}

export interface ClaimOptions extends Partial<Patience> {
  /** For the refusal: “The phase 3f9c…”. */
  what: string
  job: string | null
  /** Whether the folder is of this machine alone, so that an owner in another container, or before a restart, is dead. */
  isLocal?: boolean
  /** Ends the wait for an owner that may be dead, with an error. */
  abandon?: AbortSignal
}

/** Takes a folder for this process. @throws ExitlabError `conflict` that names the owner while that is alive. */
export async function claim(folder: string, options: ClaimOptions): Promise<Claim> {
  const { what, job, isLocal = false, abandon } = options
  const patience = patienceOf(options)
  for (;;) {
    const present = await newestOwner(folder)
    const mayLive = present !== null && (!isLocal || present.record?.machine === thisMachine())
    if (mayLive && (await isAlive(folder, present, patience, abandon)))
      throw inUse(what, (await newestOwner(folder))?.record ?? null)
    const taken = await take(folder, (present?.generation ?? 0) + 1, job)
    if (taken !== null) return keep(folder, taken, patience)
  }
}

/**
 * As `claim`; null on a full disk. Nobody can take anything there, and what frees its space, or tells why something failed there, must
 * not need any.
 */
export async function claimUnlessFull(folder: string, options: ClaimOptions): Promise<Claim | null> {
  try {
    return await claim(folder, options)
  } catch (error) {
    if (isDiskFull(error)) return null
    throw error
  }
}

/** Does something as the owner of a folder, on a full disk as nobody. @returns false, with nothing done, while another process has it. */
export async function whileOwned(folder: string, options: ClaimOptions, work: () => Promise<void>): Promise<boolean> {
  const owner = await claimUnlessFull(folder, options).catch(unlessTaken)
  if (owner === 'taken') return false
  try {
    await work()
    return true
  } finally {
    await owner?.release()
  }
}

function unlessTaken(error: unknown): 'taken' {
  if (error instanceof ExitlabError && error.code === 'conflict') return 'taken'
  throw error
}

/** Null where another process was quicker. */
async function take(folder: string, generation: number, job: string | null): Promise<Held | null> {
  const record = { host: hostname(), ...thisProcess(), job, beat: 0, beatAt: uptime(), released: false }
  if (!(await createOwnerFile(folder, generation, record))) return null
  if ((await newestOwner(folder))?.generation !== generation) {
    await rm(join(folder, nameOf(generation)), { force: true })
    return null
  }
  for (const each of await generations(folder))
    if (each < generation) await rm(join(folder, nameOf(each)), { force: true })
  return { generation, record }
}

interface Held extends Owner {
  record: OwnerRecord
}

/** Rewrites the file until it is released. */
function keep(folder: string, held: Held, { beatMilliseconds, expiryMilliseconds }: Patience): Claim {
  const { generation, record } = held
  const lost = new AbortController()
  let written = performance.now()
  let writing = Promise.resolve()
  const isKept = async () => isOf(await newestOwner(folder), held)
  const beat = async () => {
    try {
      if (!(await isKept())) return lost.abort(new ExitlabError('conflict', `Another process took over ${folder}.`))
      await rewriteOwnerFile(folder, generation, { ...record, beat: ++record.beat, beatAt: uptime() })
      written = performance.now()
    } catch (error) {
      if (performance.now() - written > expiryMilliseconds / 2) lost.abort(error)
    }
  }
  const end = async () => {
    if (await isKept()) await rewriteOwnerFile(folder, generation, { ...record, released: true })
  }
  const beatNow = () => void (writing = writing.then(beat))
  const timer = setInterval(beatNow, beatMilliseconds)
  // While it was suspended, another process may have taken the folder.
  const stopWatching = onWake(beatNow)
  return {
    lost: lost.signal,
    async release() {
      clearInterval(timer)
      stopWatching()
      await writing
      // Where it cannot be written, it expires.
      if (!lost.signal.aborted) await end().catch(() => {})
    },
  }
}

/** Whether the newest file is this owner's: once its files were removed, another process may have the same number. */
function isOf(newest: Owner | null, { generation, record }: Held): boolean {
  return newest?.generation === generation && (newest.record === null || isSame(newest.record, record))
}

function inUse(what: string, owner: OwnerRecord | null): ExitlabError {
  const by = processInWords(owner)
  return new ExitlabError('conflict', `${what} is being worked on by ${by}. Wait for it, or end it.`)
}
