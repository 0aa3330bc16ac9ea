import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { freemem } from 'node:os'
import { join } from 'node:path'

/** Where Linux keeps files in memory. */
const memory = '/dev/shm'
/** The largest files of a test have 2 GiB. */
const roomBytes = 10 * 2 ** 30

let folder: string | null = null

/**
 * Temporary folders of tests are in memory where it has room for them. A workspace waits until its writes are on the disk, and
 * so would most tests, for two thirds of their time.
 */
export function setup(): void {
  if (!hasRoom()) return
  folder = mkdtempSync(join(memory, 'exitlab-'))
  if (runsPrograms(folder)) process.env.TMPDIR = folder
}

export function teardown(): void {
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
}

function hasRoom(): boolean {
  if (process.platform !== 'linux' || !existsSync(memory) || freemem() < roomBytes) return false
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= roomBytes
}

/** Containers often forbid it there. */
function runsPrograms(folder: string): boolean {
  const script = join(folder, 'script')
  writeFileSync(script, '#!/bin/sh\n', { mode: 0o755 })
  return spawnSync(script).status === 0
}
