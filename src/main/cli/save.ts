import { resolve } from 'node:path'
import { type Context, print, printResult, viewOf } from './context.ts'
import { createStyle, type View } from './output/style.ts'
import { writeResult } from './write-file.ts'

/** Whether a result goes to stdout: no file is named, or `-`. */
export function isPrinted(output: string | undefined): output is undefined | '-' {
  return output === undefined || output === '-'
}

/** How a result in a file is laid out. */
export const fileView: View = { style: createStyle(false), width: Infinity }

/** How a result is laid out for where `--output` has it. */
export const viewFor = (context: Context, output: string | undefined): View =>
  isPrinted(output) ? viewOf(context) : fileView

/** Prints a text, or writes it into the file that `--output` names. */
export async function saveOrPrint(
  context: Context,
  text: string,
  { output, quiet }: { output: string | undefined; quiet?: boolean },
): Promise<void> {
  if (isPrinted(output)) printResult(context.stdout, text)
  else await save(context, text, { file: output, quiet })
}

/** Writes a result into a file, and says where it is. */
export async function save(
  context: Context,
  result: string | Blob,
  { file, quiet = false }: { file: string; quiet?: boolean },
): Promise<void> {
  const path = resolve(context.workingFolder, file)
  await writeResult(path, result)
  if (!quiet) print(context.stderr, `Wrote ${path}`)
}
