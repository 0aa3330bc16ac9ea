import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** The sockets of TCP at which a process of Linux listens. */
export function listeningSockets(pid: number): Set<string> {
  const open = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => socketOf(pid, fd)))
  const tables = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1),
  )
  const listening = tables.map((line) => line.trim().split(/\s+/)).filter(([, , , state]) => state === '0A')
  return new Set(listening.map((columns) => columns[9]!).filter((inode) => open.has(inode)))
}

/** The inode of a socket; undefined for any other file, and one that has been closed meanwhile. */
function socketOf(pid: number, fd: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return undefined
  }
}
