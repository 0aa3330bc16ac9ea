import { ExitlabError } from '../../shared/error.ts'
import { count } from '../../shared/format/numbers.ts'
import type { DataSpec, LeftOutImages } from '../../shared/data.ts'
import { type Files, filesAt } from '../datasets/formats/folder-files.ts'
import type { OpenedDataset } from '../datasets/index.ts'
import { limitSamples, type Pool } from '../engine/index.ts'
import { type Check, damagedFiles, type DamagedFile } from './damaged-files.ts'

/** Files that a message or a description names. */
const named = 10

/** Samples within the limits, without the images that are left out. */
export interface SoundSamples {
  pool: Pool
  leftOut: LeftOutImages | null
}

/**
 * The samples within the limits without damaged images, if these are left out.
 * @throws ExitlabError `data` that counts and names the damaged ones, if they are refused.
 */
export async function soundSamples(source: OpenedDataset, data: DataSpec, check: Check): Promise<SoundSamples> {
  const pool = limitSamples(source, data)
  if (source.kind !== 'images' || source.files === undefined) return { pool, leftOut: null }
  const leavesOut = data.damagedImages === 'leave-out'
  const files = joined(filesAt(source.files.train, pool.train), filesAt(source.files.test, pool.test))
  const damaged = await damagedFiles(files, { ...check, most: leavesOut ? Infinity : check.most })
  if (damaged.length === 0) return { pool, leftOut: null }
  if (!leavesOut) throw refusal(damaged, files.length)
  const rest = without(pool, new Set(damaged.map(({ place }) => place)))
  const lost = (split: keyof Pool) => ({
    count: pool[split].length - rest[split].length,
    of: pool[split].length,
  })
  return {
    pool: rest,
    leftOut: { train: lost('train'), test: lost('test'), files: damaged.slice(0, named).map(({ path }) => path) },
  }
}

const joined = (first: Files, second: Files): Files => ({
  length: first.length + second.length,
  at: (index) => (index < first.length ? first.at(index) : second.at(index - first.length)),
})

function without({ train, test }: Pool, damaged: ReadonlySet<number>): Pool {
  return {
    train: train.filter((_, place) => !damaged.has(place)),
    test: test.filter((_, place) => !damaged.has(train.length + place)),
  }
}

function refusal(damaged: readonly DamagedFile[], all: number): ExitlabError {
  const first = damaged.slice(0, named).map(({ path, reason }) => `${path} (${reason})`)
  const more = damaged.length > named ? ` and ${count(damaged.length - named)} more` : ''
  return new ExitlabError(
    'data',
    `data.path: ${count(damaged.length)} of ${count(all)} images cannot be decoded as JPEG or PNG: ${first.join(', ')}${more}; ` +
      'replace the files or remove them, or set data.damagedImages: leave-out to train without them',
  )
}
