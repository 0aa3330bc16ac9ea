/**
 * Times the description of an ImageNet of small files: a thousand folders, linked to one file each. Prints one JSON line.
 * Run by index.ts, in a process of its own.
 */
import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import sharp from 'sharp'
import { describeDataset } from '../../src/main/trainer/data/open-dataset.ts'
import { dataSpec } from '../../src/shared/data/data.ts'
import { peakMemoryMb, report, timed } from './measure.ts'

const classes = 1000

const files = Number(process.argv[2])
const root = mkdtempSync(join(tmpdir(), 'exitlab-listing-'))
const folder = join(root, 'imagenet')

/** Descriptions decode every image once. */
const image = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'grey' } })
  .jpeg()
  .toBuffer()

function writeFiles(split: string, count: number): void {
  for (let label = 0; label < classes; label++) {
    const id = `n${String(10_000_000 + label)}`
    const path = join(folder, split, id)
    mkdirSync(path, { recursive: true })
    const first = join(path, `${id}_0.JPEG`)
    for (let file = 0; file < Math.ceil(count / classes); file++) {
      if (file === 0) writeFileSync(first, image)
      else linkSync(first, join(path, `${id}_${file}.JPEG`))
    }
  }
}

const secondsOf = async (work: () => Promise<unknown>) => Number((await timed(work)).seconds.toFixed(2))

try {
  writeFiles('train', files)
  writeFiles('val', classes)
  // Descriptions of what has just changed are not kept.
  await setTimeout(3000)
  const data = dataSpec.parse({ source: 'imagenet' })
  const describe = () => describeDataset(data, { dataPath: folder }, { descriptions: join(root, 'descriptions') })
  const memoryBeforeMb = peakMemoryMb()
  const [describeSeconds, describeAgainSeconds] = [await secondsOf(describe), await secondsOf(describe)]
  const times = { describeSeconds, describeAgainSeconds }
  report({ files, folders: classes, ...times, peakMemoryMb: peakMemoryMb(), memoryBeforeMb })
} finally {
  rmSync(root, { recursive: true })
}
