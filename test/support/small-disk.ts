import { execFileSync } from 'node:child_process'

/** Mounts a file system of a few kibibytes over a folder; false where this process may not. */
export function mountSmallDisk(folder: string, kibibytes = 512): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
