import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { forEach } from '../../src/datasets/formats/files.ts'
import { stream, type Stream } from '../../src/engine/random.ts'

const [height, width] = [375, 500]
const quality = 95
const classes = 10
const testImages = 2

/**
 * A folder of made-up photographs, JPEG files of 500 × 375 pixels and about 110 kB as those of ImageNet are: `train/CLASS` with
 * `count` in all, and `test/CLASS`. It is written once and stays in the system's temporary folder.
 */
export async function photographs(count: number): Promise<string> {
  const folder = join(tmpdir(), `exitlab-bench-photographs-${count}`)
  const isThere = await access(folder).then(
    () => true,
    () => false,
  )
  if (isThere) return folder
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await writePhotographs(unfinished, count)
  await rename(unfinished, folder)
  return folder
}

async function writePhotographs(folder: string, count: number): Promise<void> {
  const random = stream(0, 'bench', 'photographs')
  const files = [
    ...Array.from({ length: count }, (_, index) => join(folder, 'train', String(index % classes), `${index}.jpg`)),
    ...Array.from({ length: testImages }, (_, index) => join(folder, 'test', String(index % classes), `${index}.jpg`)),
  ]
  for (const [split, label] of ['train', 'test'].flatMap((each) =>
    [...Array(classes).keys()].map((at) => [each, at]),
  )) {
    await mkdir(join(folder, String(split), String(label)), { recursive: true })
  }
  const scenes: Uint8Array[] = []
  while (scenes.length < sceneCount) scenes.push(await scene(random))
  await forEach(files, async (file, index) => {
    const [left, top] = [random.integer(width), random.integer(height)]
    const picture = sharp(scenes[index % sceneCount]!, { raw: { height: 2 * height, width: 2 * width, channels: 3 } })
    await writeFile(file, await picture.extract({ left, top, width, height }).jpeg({ quality }).toBuffer())
  })
}

/** Pictures that the photographs are parts of. */
const sceneCount = 8

/** Twice as high and wide as a photograph: noise at all scales, of amplitudes that grow with the scale as in photographs. */
async function scene(random: Stream): Promise<Uint8Array> {
  const values = new Float64Array(2 * height * 2 * width * 3).fill(128)
  for (let scale = 1; scale <= 256; scale *= 2) {
    const noise = await enlargedNoise(scale, random)
    const amplitude = 0.115 * scale ** 0.3
    for (let at = 0; at < values.length; at++) values[at] = values[at]! + amplitude * (noise[at]! - 128)
  }
  return Uint8ClampedArray.from(values) as unknown as Uint8Array
}

async function enlargedNoise(scale: number, random: Stream): Promise<Uint8Array> {
  const small = { height: Math.ceil((2 * height) / scale) + 1, width: Math.ceil((2 * width) / scale) + 1 }
  const pixels = new Uint8Array(small.height * small.width * 3).map(() => random.next())
  return sharp(pixels, { raw: { ...small, channels: 3 } })
    .resize(2 * width, 2 * height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer()
}
