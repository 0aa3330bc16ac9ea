import { ExitlabError } from '../../../shared/basics/error.ts'
import { count } from '../../../shared/format/numbers.ts'
import type { DataSpec, LeftOutImages } from '../../../shared/data/data.ts'
import { leftOutWords } from '../../../shared/data/left-out-words.ts'
import { faultOfImage } from '../../../datasets/formats/decode.ts'
import { type Files, filesAt } from '../../../datasets/formats/folder-files.ts'
import type { OpenedDataset } from '../../../datasets/index.ts'
import { limitSamples, type Pool, type Selection, selectSamples } from '../../../engine/index.ts'
import { type Check, damagedFiles } from './damaged-files.ts'

/** Files that a message or a description names. */
const named = 10

/** Samples within the limits, without the images that are left out. */
interface SoundSamples {
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
  const paths = damaged.slice(0, named).map((place) => files.at(place)!.path)
  if (!leavesOut) throw await refusal(paths, { damaged: damaged.length, all: files.length })
  const rest = without(pool, new Set(damaged))
  const lost = (split: keyof Pool) => ({
    count: pool[split].length - rest[split].length,
    of: pool[split].length,
  })
  return {
    pool: rest,
    leftOut: { train: lost('train'), test: lost('test'), files: paths },
  }
}

/** Splits them. @throws ExitlabError `data` where too few of a class are left, or none to test on. */
export function selectSound(source: OpenedDataset, data: DataSpec, { pool, leftOut }: SoundSamples): Selection {
  try {
    return selectSamples(source, data, pool)
  } catch (error) {
    if (leftOut === null || !(error instanceof ExitlabError)) throw error
    throw new ExitlabError(error.code, `${error.message}; ${leftOutWords(leftOut)}`, { cause: error })
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

async function refusal(
  paths: readonly string[],
  { damaged, all }: { damaged: number; all: number },
): Promise<ExitlabError> {
  const first: string[] = []
  // One after the other, or their reasons might be mixed up.
  for (const path of paths) first.push(`${path} (${await faultOfImage(path)})`)
  const more = damaged > paths.length ? ` and ${count(damaged - paths.length)} more` : ''
  return new ExitlabError(
    'data',
    `data.path: ${count(damaged)} of ${count(all)} images cannot be decoded as JPEG or PNG: ${first.join(', ')}${more}; ` +
      'replace the files or remove them, or set data.damagedImages: leave-out to train without them',
  )
}
