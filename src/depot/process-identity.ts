import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { z } from 'zod'

/** What tells a process from all others that have had its id. */
export const processIdentity = z.object({
  pid: z.int().positive(),
  /** Boot and process namespace, within which a process id has a meaning. */
  machine: z.string(),
  /** When it began, in ticks since its machine did; null where that is not known. */
  started: z.string().nullable().default(null),
})
type ProcessIdentity = z.infer<typeof processIdentity>

export function thisProcess(): ProcessIdentity {
  const { pid } = process
  return { pid, machine: thisMachine(), started: startOf(pid) }
}

export const isSame = (one: ProcessIdentity, other: ProcessIdentity): boolean =>
  one.pid === other.pid && one.machine === other.machine && one.started === other.started

/** Whether a process is known to be gone: it was of this machine, and there is none or another one with its id. */
export function isGone({ pid, machine, started }: ProcessIdentity): boolean {
  if (machine !== thisMachine()) return false
  const now = startOf(pid)
  return !isRunning(pid) || (started !== null && now !== null && now !== started)
}

export function thisMachine(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

/** Null where the process, or when it began, is hidden from this user. */
function startOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the name of the program in parentheses, which may hold anything.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
