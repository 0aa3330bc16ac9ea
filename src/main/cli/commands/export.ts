import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { riskKinds, type RiskKind } from '../../../shared/statistics/risk.ts'
import { type Context, print, printJson } from '../context.ts'
import {
  budget,
  positiveNumber,
  ruleOption,
  type JsonOption,
  withExamples,
  withJson,
  withWorkspace,
  type WorkspaceOption,
} from '../options.ts'
import { noteSameNames } from '../ambiguous-names.ts'
import { noteCaveats } from '../caveats.ts'

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
    .option(
      '--tolerated <PERCENT>',
      'choose its threshold with a guarantee instead: the risk is at most so many % of samples, tested on calibration samples, or on validation samples where there are none',
      budget,
    )
    .addOption(
      new Option(
        '--risk <KIND>',
        'what is guaranteed to be rare; harm (default): a wrong class where that of the final exit is right; inconsistency: another class than that of the final exit; of a regression difference: the mean squared difference from the final exit, in % of the bound',
      ).choices(riskKinds),
    )
    .option(
      '--bound <VALUE>',
      'of a regression: the squared difference that none counts more than (default: 1)',
      positiveNumber,
    )
    .option('--delta <PERCENT>', 'probability that the guarantee does not hold (default: 10)', budget)
    .action((run: string, folder: string, options: ExportOptions) => {
      const { segments, rule, budget: asked, tolerated, risk, bound, delta } = options
      if (!segments && [rule, asked, tolerated, risk, bound, delta].some((option) => option !== undefined))
        command.error(
          "error: options '--rule', '--budget', '--tolerated', '--risk', '--bound' and '--delta' are for '--segments'",
        )
      if (tolerated === undefined && (risk ?? bound ?? delta) !== undefined)
        command.error("error: options '--risk', '--bound' and '--delta' are for '--tolerated'")
      if (tolerated !== undefined && asked !== undefined)
        command.error("error: choose a threshold by '--budget' or by '--tolerated', not by both")
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
  tolerated?: number
  risk?: RiskKind
  bound?: number
  delta?: number
}

interface Export {
  run: string
  folder: string
  options: ExportOptions
}

async function exportRun(context: Context, { run, folder, options }: Export): Promise<void> {
  await using connection = await context.connect({ purpose: 'read', workspace: options.workspace })
  const { client } = connection
  await noteSameNames(context, client, [run])
  await noteCaveats(context, client, [run])
  const { segments, rule, budget, tolerated, risk, bound, delta } = options
  const guarantee = tolerated === undefined ? undefined : { tolerated, risk, bound, delta }
  const written = await client.exports.run({
    run,
    folder: resolve(context.workingFolder, folder),
    segments: segments ? { rule, budget, guarantee } : undefined,
  })
  if (options.json) return printJson(context.stdout, written)
  print(context.stdout, [`Written to ${written.folder}:`, ...written.files.map((file) => `  ${file}`)])
}
