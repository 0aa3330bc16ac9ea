import { join, resolve } from 'node:path'
import type { PaperScale } from '../../../shared/paper/paper.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { type Context, print, printJson } from '../context.ts'
import type { JsonOption, WorkspaceOption } from '../options.ts'
import { makeFolder, writeResult } from '../write-file.ts'

export interface FiguresOptions extends WorkspaceOption, JsonOption {
  scale: PaperScale
  items: string[]
}

/** Writes figures into a folder, SVG and PDF of each panel. */
export async function writeFigures(
  context: Context,
  folder: string,
  { scale, items, workspace, json }: FiguresOptions,
): Promise<void> {
  await using connection = await context.connect({ purpose: 'read', workspace })
  const { figures, files } = await connection.client.paper.figures({ scale, items })
  const target = resolve(context.workingFolder, folder)
  if (files.length > 0) makeFolder(target)
  for (const { name, bytes } of files) await writeResult(join(target, name), bytes)
  if (json) return printJson(context.stdout, figures)
  print(context.stdout, [
    `The paper at ${scale} scale: ${plural(files.length, 'file')} of ${plural(figures.filter(({ panels }) => panels.length > 0).length, 'figure')} in ${target}`,
    ...figures.map(({ item, panels, missing }) => {
      const written = panels.map(({ name }) => name).join(', ')
      return `${item}: ${[written, missing].flatMap((part) => part || []).join(' – ')}`
    }),
  ])
}
