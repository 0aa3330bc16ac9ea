import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import type { HostClient } from '../../../contract/index.ts'
import { calledAs, type Context, print, printResult, viewOf, type Finish } from '../context.ts'
import { evaluationText } from '../evaluation-text.ts'
import { withDevice, withExamples, withWorkspace, type WorkspaceOption } from '../options.ts'
import { makeFolder, refuseLostFolder, writeResult } from '../write-file.ts'
import { resumeAll, sameOptions, workspaceArgument } from './run.ts'

const experimentPath = fileURLToPath(new URL('../../../../examples/quickstart.yaml', import.meta.url))

interface QuickstartOptions extends WorkspaceOption {
  device?: string
  results: string
}

export function addQuickstart(program: Command, context: Context, finish: Finish): void {
  const command = program
    .command('quickstart')
    .description('train examples/quickstart.yaml, print its comparison and write it as CSV, LaTeX and SVG')
    .option('--results <DIR>', 'folder of the files', 'results/quickstart')
    .action((options: QuickstartOptions) => quickstart(context, options, finish))
  withExamples(withWorkspace(withDevice(command)), [
    ['exitlab quickstart', 'three regimes on Fashion-MNIST, under three minutes on two cores'],
  ])
}

async function quickstart(context: Context, options: QuickstartOptions, finish: Finish): Promise<void> {
  const [{ readExperiments }, { train }] = await Promise.all([import('../read-experiments.ts'), import('../train.ts')])
  const experiments = await readExperiments([experimentPath])
  const folder = resolve(context.workingFolder, options.results)
  await refuseLostFolder(folder)
  print(context.stderr, `The comparison will be written to ${folder} (--results chooses another folder).`)
  await using connection = await context.connect({
    purpose: 'train',
    workspace: options.workspace,
    device: options.device,
  })
  const { exitCode, finished, runs } = await train(context, connection.client, {
    experiments,
    quiet: false,
    again: quickstartAgain(context, sameOptions(options)),
    resumeAll: resumeAll(context, options),
  })
  finish(exitCode)
  if (finished) await showResults(context, connection.client, { runs, folder })
  if (finished) showWhatIsNext(context, options, connection.workspace)
}

/** As it was started: npm says which of its scripts runs. */
function quickstartAgain(context: Context, options: string): string {
  const byNpm = context.environment['npm_lifecycle_event'] === 'quickstart'
  return byNpm ? `npm run quickstart${options && ` --${options}`}` : `${calledAs(context)} quickstart${options}`
}

async function showResults(
  context: Context,
  client: HostClient,
  { runs, folder }: { runs: string[]; folder: string },
): Promise<void> {
  const table = { reading: 'budgets', question: { runs } }
  const figure = { reading: 'curve', question: { runs } }
  const files = {
    'comparison.csv': await client.exports.table({ table, format: 'csv' }),
    'comparison.tex': await client.exports.table({ table, format: 'latex' }),
    'curves.svg': await client.exports.figure({ figure, format: 'svg' }),
  }
  makeFolder(folder)
  for (const [file, { bytes }] of Object.entries(files)) await writeResult(join(folder, file), bytes)
  print(context.stdout, '')
  printResult(
    context.stdout,
    await evaluationText(
      client,
      { of: 'budgets', runs, protocol: 'validation', rule: 'confidence' },
      { format: 'text', ...viewOf(context) },
    ),
  )
  const here = (file: string) => relative(context.workingFolder, join(folder, file))
  print(context.stdout, ['', 'Written:', ...Object.keys(files).map((file) => `  ${here(file)}`)])
}

function showWhatIsNext(context: Context, options: WorkspaceOption, workspace: string): void {
  const exitlab = calledAs(context)
  const where = workspaceArgument(options)
  print(context.stdout, [
    '',
    `The runs are stored in ${workspace}; list them with: ${exitlab} list${where}`,
    'Next, train an experiment of your own (docs/experiment-file.md describes the file):',
    `  ${exitlab} plan FILE`,
    `  ${exitlab} run FILE${where}`,
  ])
}
