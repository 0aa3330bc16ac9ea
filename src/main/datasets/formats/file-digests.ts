import { createHash } from 'node:crypto'
import { forEach, readWhole, statOf } from './files.ts'
import type { LabelledFile } from './walk-folder.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** SHA-256 of the bytes of each file. */
export async function contentDigests(files: readonly LabelledFile[]): Promise<string[]> {
  const digests = new Array<string>(files.length)
  await forEach(files, async ({ path, sha256: known }, index) => {
    digests[index] = known ?? sha256(await readWhole(path))
  })
  return digests
}

/** Files whose bytes count, evenly spaced. */
const sampledFiles = 256

/** Size of each file, and the SHA-256 of the bytes of some: to read all of ImageNet would take longer than to plan its training. */
export async function listingDigests(files: readonly LabelledFile[]): Promise<Iterable<string>> {
  const sizes = new Float64Array(files.length)
  await forEach(files, async ({ path }, index) => {
    sizes[index] = (await statOf(path))?.size ?? 0
  })
  const bytes = new Map<number, string>()
  await forEach(sampled(files), async ([index, { path }]) => {
    bytes.set(index, sha256(await readWhole(path)))
  })
  return sizes.entries().map(([index, size]) => (bytes.has(index) ? `${size} ${bytes.get(index)}` : String(size)))
}

/** Files whose bytes count, by their places. */
export function sampled(files: readonly LabelledFile[]): [index: number, file: LabelledFile][] {
  const step = Math.max(1, Math.floor(files.length / sampledFiles))
  return Array.from({ length: Math.ceil(files.length / step) }, (_, at) => [at * step, files[at * step]!])
}
