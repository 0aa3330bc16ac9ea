import { createHash } from 'node:crypto'
import { heldBackShares } from '../../engine/data/split.ts'
import { forEach } from './for-each.ts'
import { readWhole } from './files.ts'
import type { LabelledFile } from './walk-folder.ts'
import { byCodeUnit } from './walk-folder.ts'

/** Share of the images that become test images where a data set has none of its own. */
export const usualTestFraction = 0.2

/**
 * Parts images into training and test images: a share of each class (largest remainder), those whose bytes have the smallest
 * SHA-256. It depends on nothing else, so it is the same for every seed and on every machine, whatever the files are called.
 */
export async function holdBackTest(
  files: readonly LabelledFile[],
  { classes, fraction }: { classes: number; fraction: number },
): Promise<{ train: LabelledFile[]; test: LabelledFile[] }> {
  const hashed = await hashFiles(files)
  const groups = Map.groupBy(hashed, ({ label }) => label)
  const byClass = Array.from({ length: classes }, (_, label) => groups.get(label) ?? [])
  const shares = heldBackShares(
    byClass.map(({ length }) => length),
    fraction,
  )
  const held = new Set(
    byClass.flatMap((each, label) => each.toSorted((a, b) => byCodeUnit(a.sha256!, b.sha256!)).slice(0, shares[label])),
  )
  return { train: hashed.filter((file) => !held.has(file)), test: hashed.filter((file) => held.has(file)) }
}

/** The same files with the SHA-256 of their bytes. */
export async function hashFiles(files: readonly LabelledFile[]): Promise<LabelledFile[]> {
  const hashed: LabelledFile[] = []
  await forEach(files, async (file, index) => {
    hashed[index] = file.sha256 === undefined ? { ...file, sha256: sha256(await readWhole(file.path)) } : file
  })
  return hashed
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
