import { createHash } from 'node:crypto'
import { forEach, readWhole, statOf } from './files.ts'
import type { Files, LabelledFile } from './folder-files.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** SHA-256 of the bytes of each file. */
export async function contentDigests(files: Files): Promise<string[]> {
  const digests = new Array<string>(files.length)
  await forEach(files, async ({ path, sha256: known }, index) => {
    digests[index] = known ?? sha256(await readWhole(path))
  })
  return digests
}

/** So many that no thread waits for the next: a file takes a third of the time then, or less on a network's disk. */
const sizesAtOnce = 32

/** Files whose bytes count, evenly spaced. */
const sampledFiles = 256

/** Size of each file, and the SHA-256 of the bytes of some: to read all of ImageNet would take longer than to plan its training. */
export async function listingDigests(files: Files): Promise<Iterable<string>> {
  const sizes = new Float64Array(files.length)
  const sizeOf = async ({ path }: LabelledFile, index: number) => void (sizes[index] = (await statOf(path))?.size ?? 0)
  await forEach(files, sizeOf, sizesAtOnce)
  const bytes = new Map<number, string>()
  await forEach(sampled(files), async ([index, { path }]) => {
    bytes.set(index, sha256(await readWhole(path)))
  })
  return inOrder(sizes, bytes)
}

function* inOrder(sizes: Float64Array, bytes: ReadonlyMap<number, string>): Iterable<string> {
  for (const [index, size] of sizes.entries()) yield bytes.has(index) ? `${size} ${bytes.get(index)}` : String(size)
}

/** Files whose bytes count, by their places. */
export function sampled(files: Files): [index: number, file: LabelledFile][] {
  const step = Math.max(1, Math.floor(files.length / sampledFiles))
  return Array.from({ length: Math.ceil(files.length / step) }, (_, at) => [at * step, files.at(at * step)!])
}
