import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout } from 'node:timers/promises'
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
  const { state = null, start: now = null } = statOf(pid) ?? {}
  const isOther = started !== null && now !== null && now !== started
  return !isRunning(pid) || isOther || (state !== null && ended.includes(state))
}

/** Letters of the kernel for processes of which nothing is left but an exit status that nobody has asked for. */
const ended = ['Z', 'X', 'x']
const pauseMilliseconds = 10

/** Waits until a process of this machine has ended, but no longer than it is given. */
export async function untilGone(pid: number, milliseconds: number): Promise<void> {
  const deadline = performance.now() + milliseconds
  while (!isGone({ pid, machine: thisMachine(), started: null }) && performance.now() < deadline)
    await setTimeout(pauseMilliseconds)
}

export function thisMachine(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

const startOf = (pid: number): string | null => statOf(pid)?.start ?? null

/** Null where the process, or when it began, is hidden from this user. */
function statOf(pid: number): { state: string | null; start: string | null } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the name of the program in parentheses, which may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? null, start: fields[19] ?? null }
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
