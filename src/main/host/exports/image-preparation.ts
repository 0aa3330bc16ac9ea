import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sampleKindOf } from '../../../engine/networks/families.ts'
import type { NetworkSpec } from '../../../shared/network/network.ts'

const name = 'prepare_images.py'
const program = fileURLToPath(new URL(`../../../../resources/${name}`, import.meta.url))

/** The Python function that makes a network's inputs of pixels, beside `network.json`. Returns the names of the files; none for texts. */
export async function writePreparation(network: NetworkSpec, folder: string): Promise<string[]> {
  if (sampleKindOf(network) !== 'images') return []
  await copyFile(program, join(folder, name))
  return [name]
}
