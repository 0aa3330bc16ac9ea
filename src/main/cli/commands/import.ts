import { resolve } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import type { ImportInput } from '../../../contract/imports.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { hasCosts, importedSplits, importFormats, importRoles, loggedValues } from '../../../shared/runs/imported.ts'
import { paperRegimes } from '../../../shared/methods/regime-names.ts'
import { commandLine, type Context, print, printJson, viewOf } from '../context.ts'
import { type JsonOption, repeatable, withExamples, withJson, withWorkspace, type WorkspaceOption } from '../options.ts'
import { importLines, importTable } from '../import-table.ts'
import { followImported } from '../follow-imported.ts'
import { withHelpCommand } from './help.ts'
import { workspaceArgument } from './run.ts'

type ImportOptions = WorkspaceOption &
  JsonOption &
  Pick<ImportInput, 'format' | 'name' | 'regime' | 'split' | 'logged'> & {
    map?: NonNullable<ImportInput['map']>
    experiment?: string
    seed?: number[]
    costs?: number[] | string
    backbone?: number
    regression?: boolean
    follow?: boolean
  }

/** `import PATHS`, `import list`, `import delete`: results of other programs. */
export function addImport(program: Command, context: Context): void {
  const group = program
    .command('import')
    .usage('[options] <PATHS...>')
    .description('add results of other programs, which `compare` shows beside runs: TensorBoard, CSV, the paper’s code')
    .argument(
      '<PATHS...>',
      'event files or log folders of TensorBoard, tables (CSV), result folders of the paper’s code',
    )
    .addOption(new Option('--format <NAME>', 'kind of file, if its name does not say').choices(importFormats))
    .option('--name <NAME>', 'name to compare it by (default: as its file, or as the paper’s code called it)')
    .addOption(new Option('--regime <REGIME>', 'regime that it was trained in').choices(paperRegimes))
    .option('--seed <LIST>', 'seed of each result, such as 1,2,3; seeds of one name are averaged', seedList)
    .option('--experiment <NAME>', 'experiment that it is shown with')
    .addOption(
      repeatable(
        new Option(
          '--map <MAPPING>',
          'ROLE=NAME, the tag or column of metric, exit, cost, threshold, epoch or seed; * stands for the exit; may be repeated',
        ).argParser(mapEntry),
      ),
    )
    .addOption(
      new Option('--logged <WHICH>', 'value of each exit that counts, of those logged over a training')
        .choices(loggedValues)
        .default('last'),
    )
    .option(
      '--costs <LIST>',
      "cumulative cost of each exit in % of the backbone's, or with --backbone in multiply-adds; or a run with the same network",
      costList,
    )
    .option('--backbone <MACS>', 'multiply-adds of the bare backbone', positiveNumber)
    .addOption(new Option('--split <NAME>', 'samples of the metric, if its name does not say').choices(importedSplits))
    .option('--regression', 'the metric is the MSE of a regression, not an accuracy')
    .option('--follow', 'read the files again whenever they change, until Ctrl-C')
    .action((paths: string[], options: ImportOptions) => add(context, paths, options))
  const list = group
    .command('list')
    .description('list imported results')
    .action((_, command: Command) => listImports(context, command.optsWithGlobals()))
  const remove = group
    .command('delete')
    .description('remove imported results from the workspace; the files that they were read from stay')
    .argument('<IMPORTS...>', 'imported results, by name, experiment, or the beginning of an id')
    .action((imports: string[], _, command: Command) => deleteImports(context, imports, command.optsWithGlobals()))
  // Options that `import` has too are read by it, even behind `list` and `delete`.
  for (const command of [group, list, remove]) withJson(withWorkspace(command))
  withHelpCommand(group)
  withExamples(group, [
    ['exitlab import runs/cifar100_sdn_AB12CD34_1', "a result folder of the paper's code"],
    ['exitlab import logs/run1 --costs quickstart --name pytorch', 'TensorBoard, costs as of own runs'],
    ["exitlab import log.csv --map 'metric=val_top1_*' --costs 20,45,100", 'which columns, and costs in %'],
    ['exitlab import logs/ --follow', 'while a training writes them; the window shows its curves'],
    ['exitlab compare quickstart pytorch', 'beside own runs'],
    ['exitlab import list', 'what was imported'],
    ['exitlab import delete pytorch', 'remove it again'],
  ])
}

function seedList(text: string): number[] {
  if (!/^\d{1,9}(,\d{1,9})*$/.test(text)) throw new InvalidArgumentError('Expected seeds such as 1,2,3.')
  return text.split(',').map(Number)
}

const mapping = new RegExp(`^(${importRoles.join('|')})=(.+)$`, 's')

function mapEntry(text: string, before: ImportInput['map'] = {}): ImportInput['map'] {
  const [, role, name] = mapping.exec(text) ?? []
  if (role === undefined) throw new InvalidArgumentError('Expected ROLE=NAME such as metric=val/acc_exit_*.')
  return { ...before, [role]: name }
}

function positiveNumber(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value < Infinity)) throw new InvalidArgumentError('Expected a number above 0.')
  return value
}

/** Numbers, or the reference of a run. */
function costList(text: string): number[] | string {
  const parts = text.split(',').map((part) => part.trim().replace(/\s*%$/, ''))
  return parts.every((part) => Number(part) > 0) ? parts.map(Number) : text
}

async function add(context: Context, paths: string[], options: ImportOptions): Promise<void> {
  const { workspace, json, format, name, regime, split, logged, map, experiment, seed, backbone, follow } = options
  await using connection = await context.connect({ purpose: follow ? 'follow' : 'control', workspace })
  const added = await connection.client.imports.add({
    format,
    name,
    regime,
    split,
    logged,
    map,
    experiment,
    seeds: seed,
    backboneMacs: backbone,
    paths: paths.map((path) => resolve(context.workingFolder, path)),
    costs: costsOf(options),
    follow,
    ...(options.regression && { task: 'regression' }),
  })
  if (json) printJson(context.stdout, added)
  else for (const each of added) print(context.stdout, importLines(each))
  if (follow) await followImported(context, connection.client, { added, json })
  if (json) return
  const names = [
    ...new Set(added.filter(({ content }) => hasCosts(content)).map((each) => each.experiment ?? each.name)),
  ]
  const command = `${commandLine(context, ['compare', ...names])}${workspaceArgument(options)}`
  if (names.length > 0) print(context.stdout, `Compare with: ${command}`)
}

/** In % without the cost of the backbone. */
function costsOf({ costs, backbone }: ImportOptions): number[] | string | undefined {
  return typeof costs === 'string' || backbone !== undefined ? costs : costs?.map((cost) => cost / 100)
}

async function listImports(context: Context, { workspace, json }: WorkspaceOption & JsonOption): Promise<void> {
  await using connection = await context.connect({ purpose: 'read', workspace })
  const all = await connection.client.imports.list()
  if (json) return printJson(context.stdout, all)
  if (all.length === 0) return print(context.stdout, 'Nothing has been imported.')
  print(context.stdout, importTable(all, viewOf(context)))
}

async function deleteImports(
  context: Context,
  imports: string[],
  { workspace, json }: WorkspaceOption & JsonOption,
): Promise<void> {
  await using connection = await context.connect({ purpose: 'control', workspace })
  const deleted = await connection.client.imports.delete({ imports })
  if (json) return printJson(context.stdout, deleted)
  print(context.stdout, `${plural(deleted.length, 'imported result')} removed; the files stay.`)
}
