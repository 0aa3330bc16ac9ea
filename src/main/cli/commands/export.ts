import { resolve } from 'node:path'
import type { Command } from 'commander'
import { type Context, print, printJson } from '../context.ts'
import {
  budget,
  ruleOption,
  type JsonOption,
  withExamples,
  withJson,
  withWorkspace,
  type WorkspaceOption,
} from '../options.ts'
import { noteSameNames } from '../ambiguous-names.ts'

export function addExport(program: Command, context: Context): void {
  const command = program
    .command('export')
    .description('write a run into a folder: weights, network, costs, logits, predictions')
    .argument('<RUN>', 'run to export')
    .argument('<DIR>', 'new or empty folder')
    .option(
      '--segments',
      'also write the network as ONNX, one model for each part from exit to exit, and a program that leaves early',
    )
    .addOption(ruleOption(' of that program'))
    .option(
      '--budget <PERCENT>',
      "choose its threshold for a mean cost in % of the backbone's, on validation samples",
      budget,
    )
    .action((run: string, folder: string, options: ExportOptions) => {
      const { segments, ...leaving } = options
      if (!segments && (leaving.rule ?? leaving.budget) !== undefined) {
        command.error("error: options '--rule' and '--budget' are for '--segments'")
      }
      return exportRun(context, { run, folder, options })
    })
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab export 3f9c2a exported/', 'its README explains how to load it in PyTorch'],
    ['exitlab export quickstart-mixed-s1 mixed/', 'by its name'],
    ['exitlab export 3f9c2a mixed/ --segments --budget 50', 'with ONNX models, to leave early elsewhere'],
  ])
}

interface ExportOptions extends WorkspaceOption, JsonOption {
  segments?: boolean
  rule?: string
  budget?: number
}

interface Export {
  run: string
  folder: string
  options: ExportOptions
}

async function exportRun(context: Context, { run, folder, options }: Export): Promise<void> {
  await using connection = await context.connect({ purpose: 'read', workspace: options.workspace })
  await noteSameNames(context, connection.client, [run])
  const { segments, rule, budget } = options
  const written = await connection.client.exports.run({
    run,
    folder: resolve(context.workingFolder, folder),
    segments: segments ? { rule, budget } : undefined,
  })
  if (options.json) return printJson(context.stdout, written)
  print(context.stdout, [`Written to ${written.folder}:`, ...written.files.map((file) => `  ${file}`)])
}
