import { resolve } from 'node:path'
import type { Command } from 'commander'
import { type Context, print, printJson } from '../context.ts'
import { type JsonOption, withExamples, withJson, withWorkspace, type WorkspaceOption } from '../options.ts'
import { noteSameNames } from '../ambiguous-names.ts'

export function addExport(program: Command, context: Context): void {
  const command = program
    .command('export')
    .description('write a run into a folder: weights, network, costs, logits, predictions')
    .argument('<RUN>', 'run to export')
    .argument('<DIR>', 'new or empty folder')
    .action((run: string, folder: string, options: WorkspaceOption & JsonOption) =>
      exportRun(context, { run, folder, options }),
    )
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab export 3f9c2a exported/', 'its README explains how to load it in PyTorch'],
    ['exitlab export quickstart-mixed-s1 mixed/', 'by its name'],
  ])
}

interface Export {
  run: string
  folder: string
  options: WorkspaceOption & JsonOption
}

async function exportRun(context: Context, { run, folder, options }: Export): Promise<void> {
  await using connection = await context.connect({ purpose: 'read', workspace: options.workspace })
  await noteSameNames(context, connection.client, [run])
  const written = await connection.client.exports.run({ run, folder: resolve(context.workingFolder, folder) })
  if (options.json) return printJson(context.stdout, written)
  print(context.stdout, [`Written to ${written.folder}:`, ...written.files.map((file) => `  ${file}`)])
}
