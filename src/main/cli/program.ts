import { Command } from 'commander'
import { print, type Context, type Finish } from './context.ts'
import { addAnalyse } from './commands/analyse.ts'
import { addBench } from './commands/bench.ts'
import { addBest } from './commands/best.ts'
import { addCompare } from './commands/compare.ts'
import { addControls } from './commands/control.ts'
import { addDepot } from './commands/depot.ts'
import { addDisk } from './commands/disk.ts'
import { addDoctor } from './commands/doctor.ts'
import { addExport } from './commands/export.ts'
import { addExportBackbone } from './commands/export-backbone.ts'
import { withHelpCommand } from './commands/help.ts'
import { addImport } from './commands/import.ts'
import { addLatency } from './commands/latency.ts'
import { addList } from './commands/list.ts'
import { addMoreSeeds } from './commands/more-seeds.ts'
import { addNetwork } from './commands/network.ts'
import { addNew } from './commands/new.ts'
import { addPaper } from './commands/paper.ts'
import { addPlan } from './commands/plan.ts'
import { addPurge } from './commands/purge.ts'
import { addQuickstart } from './commands/quickstart.ts'
import { addRegimes } from './commands/regimes.ts'
import { addReport } from './commands/report.ts'
import { addRun } from './commands/run.ts'
import { addSearch } from './commands/search.ts'
import { addServe } from './commands/serve.ts'
import { addSettings } from './commands/settings.ts'
import { addSetup } from './commands/setup.ts'
import { addShow } from './commands/show.ts'
import { addStatus } from './commands/status.ts'
import { addTrainPhase } from './commands/train-phase.ts'
import { report } from './errors.ts'
import { loadNamedExtensions } from './named-extensions.ts'
import { withoutStyles } from './output/style.ts'
import type { RunningHost } from '../host/api/socket/running-host.ts'
import { exitCodes } from '../../shared/basics/exit-codes.ts'
import { exampleLines, withoutEmptyArguments, withoutRepeatedOptions, withWorkspaceInFront } from './options.ts'

const commands = [
  addServe,
  addRun,
  addSearch,
  addPlan,
  addRegimes,
  addStatus,
  addList,
  addShow,
  addCompare,
  addBest,
  addMoreSeeds,
  addReport,
  addAnalyse,
  addExport,
  addImport,
  addLatency,
  addControls,
  addPurge,
  addDisk,
  addSettings,
  addNetwork,
  addNew,
  addExportBackbone,
  addDoctor,
  addSetup,
  addBench,
  addQuickstart,
  addPaper,
  addTrainPhase,
  addDepot,
] as const satisfies readonly ((program: Command, context: Context, finish: Finish) => void)[]

/** Runs one command line. @returns the exit code; errors have been printed on stderr. */
export async function runCommandLine(args: readonly string[], context: Context, version: string): Promise<number> {
  let exitCode: number = exitCodes.success.code
  let running: RunningHost | null = null
  let command = ''
  const connect: Context['connect'] = async (options) => {
    const connection = await context.connect({ command, ...options })
    running = connection.running ?? null
    return connection
  }
  try {
    // First, as the methods of extensions are choices of commands and options.
    const rest = await loadNamedExtensions(args, context, (each) => commandOf(each, context, version))
    const program = withoutEmptyArguments(createProgram(context, version))
    for (const add of commands) add(program, { ...context, connect }, (code) => (exitCode = code))
    withHelpCommand(program)
    program.hook('preAction', (_, action) => void (command = nameOf(action)))
    // Options in front of a command are those of all commands, behind which its own go before.
    program.commands.forEach(withoutRepeatedOptions)
    await program.parseAsync(rest, { from: 'user' })
    return exitCode
  } catch (error) {
    const { lines, exitCode: failed } = report(await explained(error, { running, version }), context)
    print(context.stderr, lines)
    return failed
  }
}

/** `paper run` */
function nameOf(command: Command): string {
  const { parent } = command
  return parent?.parent ? `${nameOf(parent)} ${command.name()}` : command.name()
}

/** A host in another process may be of another version. */
async function explained(
  error: unknown,
  { running, version }: { running: RunningHost | null; version: string },
): Promise<unknown> {
  if (running === null) return error
  const { explainOtherVersion } = await import('../host/api/socket/other-version.ts')
  return explainOtherVersion(error, { running, version })
}

const widestHelp = 110
/** A method that is not there may be of an extension that was not named. */
const unknownMethod = /^option '--(?:rule|table) [^']*' argument .*/m
const formerOption = /(?<=^unknown option )'--gpu'/

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n')

/** The command of a line, behind whatever options of all commands. */
function commandOf(args: string[], context: Context, version: string): string | undefined {
  return createProgram(context, version).parseOptions(args).operands[0]
}

function createProgram(context: Context, version: string): Command {
  const { stdout, stderr, style } = context
  const program = new Command('exitlab')
    .description('Train multi-exit networks, compare training regimes, and analyse trained networks.')
    .version(version, '-V, --version', 'print the version')
    .option('--extension <FILE>', 'load methods of your own, with any command (docs/extensions.md)')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => print(stdout, linesOf(text)),
      writeErr: (text) => print(stderr, linesOf(text)),
      stripColor: withoutStyles,
      getOutHelpWidth: () => Math.min(widestHelp, stdout.columns),
      getErrHelpWidth: () => Math.min(widestHelp, stderr.columns),
      getOutHasColors: () => style.strong('x') !== 'x',
      getErrHasColors: () => false,
      outputError(text) {
        const words = text.replace(/^error: |\n$/g, '').replace(formerOption, '$& is now --device cuda')
        print(stderr, `exitlab: ${words.replace(unknownMethod, '$& Methods of your own: --extension FILE.')}`)
      },
    })
    .configureHelp({ styleTitle: style.strong, minWidthToWrap: 20 })
    .showHelpAfterError('(exitlab COMMAND --help shows the help of a command)')
    .addHelpText('after', () => generalHelp(Math.min(widestHelp, stdout.columns)))
  return withWorkspaceInFront(program)
}

function generalHelp(width: number): string {
  const codes = Object.values(exitCodes).map(({ code }) => code)
  return [
    '',
    'RUN: the id of a run, the beginning of its id, or its name.',
    'RUNS: several of these, or names of experiments for all their runs.',
    '',
    'Examples:',
    ...exampleLines(
      [
        ['exitlab plan examples/quickstart.yaml', 'runs, costs, time and memory, without training'],
        ['exitlab run examples/quickstart.yaml', 'train; Ctrl-C pauses, the same command resumes'],
        ['exitlab compare quickstart', 'accuracy of each regime at each budget'],
      ],
      width,
    ),
    '',
    'Environment:',
    ...exampleLines(
      [
        ['EXITLAB_WORKSPACE', 'workspace if --workspace is not given'],
        ['NO_COLOR', 'any value: no colours'],
        ['EXITLAB_DEBUG=1', 'print errors with their stack trace'],
      ],
      width,
    ),
    '',
    `Exit codes: ${codes.join(', ')}.`,
    'See docs/command-line.md.',
  ].join('\n')
}
