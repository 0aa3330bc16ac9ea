import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stream } from '../../../../src/engine/random.ts'
import type { DataSpec } from '../../../../src/shared/data/data.ts'
import { dataSpec } from '../../../../src/shared/data/data.ts'

const side = 8
const counts = { train: 400, t10k: 60 }

/** Made-up images of ten classes in MNIST's format: a bright row tells the class, noise hides it a little. */
export async function writeTinyData(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [split, count] of Object.entries(counts)) {
    const random = stream(1, 'tiny', split)
    const labels = Uint8Array.from({ length: count }, (_, image) => image % 10)
    const images = Uint8Array.from({ length: count * side * side }, (_, pixel) => {
      const label = labels[Math.floor(pixel / side ** 2)]!
      const row = Math.floor(pixel / side) % side
      return random.integer(120) + (row === label % side ? 100 : 0)
    })
    await writeFile(join(folder, `${split}-images-idx3-ubyte`), idx([count, side, side], images))
    await writeFile(join(folder, `${split}-labels-idx1-ubyte`), idx([count], labels))
  }
}

/** How the tiny images are used: 200 to train on, 200 for validation. */
export function tinyData(changes: object = {}): DataSpec {
  return dataSpec.parse({ source: 'mnist', validation: { fraction: 0.5 }, ...changes })
}

function idx(shape: readonly number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length)
  header.writeUInt32BE(0x0800 + shape.length)
  shape.forEach((length, axis) => header.writeUInt32BE(length, 4 + 4 * axis))
  return Buffer.concat([header, values])
}
