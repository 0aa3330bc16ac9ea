import { join } from 'node:path'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { OpenedText } from '../../dataset.ts'
import { statOf } from '../files.ts'
import { openedText, type LabelledTexts } from './opened-text.ts'
import { readTable } from './table.ts'

const stsbFiles = { train: 'train.tsv', test: 'dev.tsv' } as const

const columns = { text: 'sentence1', text2: 'sentence2', value: 'score' }

/** Opens STS-B as GLUE distributes it. Its test sentences have no scores, so those of `dev.tsv` are the test set (method 5.1). */
export async function openStsb(path: string): Promise<OpenedText> {
  const folder = await folderOf(path)
  const read = (name: string): Promise<LabelledTexts> => readTable(join(folder, name), { ending: '.tsv', columns })
  const read2 = { train: await read(stsbFiles.train), test: await read(stsbFiles.test) }
  return openedText(read2, { testFraction: undefined, path })
}

/** The folder, or the folder STS-B in it. */
async function folderOf(path: string): Promise<string> {
  for (const folder of [path, join(path, 'STS-B')]) {
    const found = await Promise.all(Object.values(stsbFiles).map((name) => statOf(join(folder, name))))
    if (found.every((each) => each?.isFile())) return folder
  }
  throw new ExitlabError(
    'data',
    `data.path: ${path} does not hold STS-B; expected the folder STS-B of GLUE, with train.tsv and dev.tsv`,
  )
}
