import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cifar10Definition } from '../../src/datasets/cifar10.ts'
import { cifar100Definition } from '../../src/datasets/cifar100.ts'
import { stream } from '../../src/engine/random.ts'

const definitions = { cifar10: cifar10Definition, cifar100: cifar100Definition }
const imageBytes = 32 * 32 * 3

/** Made-up images in CIFAR's binary form, the classes in equal shares: at least `count` to train on. */
export async function writeImages(
  folder: string,
  { source, count, testCount = 1000 }: { source: 'cifar10' | 'cifar100'; count: number; testCount?: number },
): Promise<void> {
  const { train, test } = definitions[source].forms.binary
  for (const file of train) await writeFile(join(folder, file), records(source, Math.ceil(count / train.length), file))
  for (const file of test) await writeFile(join(folder, file), records(source, testCount, file))
}

function records(source: 'cifar10' | 'cifar100', count: number, seed: string): Uint8Array {
  const { labelBytes, classes } = definitions[source]
  const random = stream(0, 'bench', seed)
  const size = labelBytes + imageBytes
  const bytes = Uint8Array.from({ length: count * size }, () => random.integer(256))
  for (let image = 0; image < count; image++) bytes[image * size + labelBytes - 1] = image % classes
  return bytes
}
