import { join } from 'node:path'
import type { TextColumns } from '../../../shared/data/text-columns.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { OpenedText, DatasetOptions } from '../../dataset.ts'
import { statOf } from '../files.ts'
import { openedText, type LabelledTexts } from './opened-text.ts'
import { readTable, tableEnding, tableEndings } from './table.ts'

const expected = 'a .csv, .tsv or .jsonl file, or a folder with train.csv and test.csv (or .tsv, .jsonl)'

/** Columns that a table has unless the experiment says otherwise. */
const defaultColumns: TextColumns = { text: 'text', label: 'label' }

/** Opens a table of texts: one file, of which a share is held back as test texts, or a folder of two. */
export async function openTextTable(
  { columns = defaultColumns, testFraction }: DatasetOptions,
  path: string,
): Promise<OpenedText> {
  const found = await statOf(path)
  if (found === null) throw new ExitlabError('data', `data.path: ${path} does not exist; expected ${expected}`)
  const read = (file: string) => readFile(file, columns)
  if (found.isFile()) return openedText({ train: await read(path), test: null }, { testFraction, path })
  if (!found.isDirectory())
    throw new ExitlabError('data', `data.path: ${path} is a device or a pipe, not a file; expected ${expected}`)
  const [train, test] = [await tableIn(path, 'train'), await tableIn(path, 'test')]
  return openedText({ train: await read(train), test: await read(test) }, { testFraction, path })
}

async function tableIn(folder: string, name: string): Promise<string> {
  for (const ending of tableEndings) {
    const file = join(folder, name + ending)
    if ((await statOf(file))?.isFile()) return file
  }
  throw new ExitlabError('data', `data.path: ${folder} has no ${name}.csv, .tsv or .jsonl; expected ${expected}`)
}

async function readFile(file: string, columns: TextColumns): Promise<LabelledTexts> {
  const ending = tableEnding(file)
  if (ending === null) throw new ExitlabError('data', `data.path: ${file} is no table; expected ${expected}`)
  return readTable(file, { ending, columns })
}
