import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Part of the pinned versions that names the libraries of each build. */
const pinned = z.object({
  tensorflow: z.object({
    variants: z.record(z.string(), z.object({ librarySha256: z.record(z.string(), z.string()) })),
  }),
})

const variantOf = (build: 'cpu' | 'gpu') => `${process.platform}-${process.arch}-${build}`

/** File names of TensorFlow's libraries of a build for this machine; null if the build does not exist. */
function libraryNames(build: 'cpu' | 'gpu'): string[] | null {
  const file = new URL('../../../../../resources/setup-versions.json', import.meta.url)
  const { variants } = pinned.parse(JSON.parse(readFileSync(file, 'utf8'))).tensorflow
  const variant = variants[variantOf(build)]
  return variant === undefined ? null : Object.keys(variant.librarySha256)
}

/** Whether there is a build of TensorFlow for this machine. */
export const hasBuild = (build: 'cpu' | 'gpu'): boolean => libraryNames(build) !== null

/**
 * Whether a folder holds the libraries of a build; the GPU build trains on the processor as well. Both have the same names: what they
 * are, set-up has noted.
 */
export function isInstalled(folder: string, build: 'cpu' | 'gpu'): boolean {
  const note = join(folder, 'installed')
  if (build === 'gpu' && existsSync(note) && !readFileSync(note, 'utf8').startsWith(variantOf('gpu'))) return false
  return libraryNames(build)?.every((name) => existsSync(join(folder, name))) ?? false
}
