import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { expect } from 'vitest'

/** Mounts a file system of a few kibibytes over a folder; false where this process may not. */
export function mountSmallDisk(folder: string, kibibytes = 512): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Writes a file until its disk is full to the last byte. */
export function fillDisk(file: string): void {
  for (let bytes = 1 << 19; bytes >= 1; bytes >>= 1) {
    try {
      writeFileSync(file, new Uint8Array(bytes), { flag: 'a' })
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' })
    }
  }
}
