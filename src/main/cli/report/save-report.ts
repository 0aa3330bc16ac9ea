import { resolve } from 'node:path'
import { bytes, plural } from '../../../shared/format/numbers.ts'
import { type Context, print, printJson } from '../context.ts'
import { compileLatex, type Compiled } from './compile-latex.ts'
import { refuseOtherFolder, type WrittenFile, writeReport } from './report-folder.ts'

/** Writes a report into a folder, with its PDF where TeX is installed. The folder is looked at before anything is asked. */
export async function saveReport(
  context: Context,
  { folder: name, json }: { folder: string; json?: boolean | undefined },
  filesOf: () => Promise<readonly WrittenFile[]>,
): Promise<void> {
  const folder = resolve(context.workingFolder, name)
  await refuseOtherFolder(folder)
  const files = await filesOf()
  const compiled = await compileLatex(files, context.environment)
  const all = compiled.pdf === null ? files : [...files, { path: 'report.pdf', bytes: compiled.pdf }]
  await writeReport(folder, all)
  if (compiled.pdf === null) print(context.stderr, noPdf(compiled))
  if (json) return printJson(context.stdout, { folder, files: all.map(({ path }) => path) })
  print(context.stdout, writtenLines(folder, all))
}

function noPdf({ reason }: Extract<Compiled, { pdf: null }>): string {
  return `There is no report.pdf: ${reason}. report.tex compiles with pdflatex and the packages booktabs, siunitx and longtable.`
}

function writtenLines(folder: string, files: readonly WrittenFile[]): string[] {
  const size = files.reduce((sum, each) => sum + each.bytes.size, 0)
  const top = files.filter(({ path }) => !path.includes('/'))
  const inFolder = (name: string) => files.filter(({ path }) => path.startsWith(`${name}/`)).length
  return [
    `Written to ${folder}, ${bytes(size)}:`,
    ...top.map((file) => `  ${file.path}  ${bytes(file.bytes.size)}`),
    `  figures/  ${plural(inFolder('figures'), 'file')}`,
    `  tables/  ${plural(inFolder('tables'), 'file')}`,
  ]
}
