import type { ImportFormat } from '../../../../shared/runs/imported.ts'
import { readCsv } from './csv/read-csv.ts'
import type { ImportChoice, ReadSource } from './import-choice.ts'
import { readPublicCode } from './public-code/read-public-code.ts'
import { findSource, type SourceFiles } from './source-files.ts'
import { readTensorboard } from './tensorboard/read-tensorboard.ts'

const readers: Record<ImportFormat, (source: SourceFiles, choice: ImportChoice) => Promise<ReadSource>> = {
  tensorboard: readTensorboard,
  csv: readCsv,
  'public-code': readPublicCode,
}

/** Reads results of another program, of which nothing is changed; `say` is told each file before it is read. @throws ExitlabError `data` for what cannot be read, ChoiceNeeded where it can be read in several ways. */
export async function readImport(
  path: string,
  choice: ImportChoice,
  say: (path: string) => void = () => {},
): Promise<ReadSource> {
  say(path)
  const source = await findSource(path, choice.format)
  return readers[source.format]({ ...source, say }, choice)
}
