import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { HostClient } from '../../../contract/index.ts'
import type { SystemInfo } from '../../../contract/system.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { executor, type ExecutorName } from '../../../shared/phases/executor.ts'
import { count } from '../../../shared/format/numbers.ts'
import type { Parallel } from '../../../shared/phases/parallel.ts'
import { calledAs, type Context, print, type Finish } from '../context.ts'
import { quoted } from '../../../shared/text/shell-word.ts'
import { withDevice, withExamples, withParallel, withWorkspace, type WorkspaceOption } from '../options.ts'

export interface RunOptions extends WorkspaceOption {
  parallel?: Parallel
  device?: string
  quiet?: boolean
  executor?: ExecutorName
  depot?: string
}

export function addRun(program: Command, context: Context, finish: Finish): void {
  const command = program
    .command('run')
    .description('train and evaluate experiments; unfinished runs are resumed')
    .argument('<FILES...>', 'experiment files')
    .action((files: string[], options: RunOptions) => run(context, { files, options, finish }))
  withExamples(withTraining(command), [
    ['exitlab run examples/quickstart.yaml', 'train; Ctrl-C pauses, the same command resumes'],
    ['exitlab run a.yaml b.yaml --parallel 2', 'two experiments, two runs at once'],
    ['exitlab run a.yaml > training.log', 'plain lines instead of a live display'],
    ['exitlab run a.yaml --executor external --depot /nfs/depot', 'follow what others train'],
  ])
}

/** Options of every command that trains. */
export function withTraining(command: Command): Command {
  withParallel(command)
    .addOption(
      new Option(
        '--executor <NAME>',
        'what trains: this machine, jobs of Slurm, or others (default: the setting of the workspace)',
      ).choices(executor.options),
    )
    .option(
      '--depot <DIR>',
      'folder of phases, where jobs of Slurm or others train (default: the setting of the workspace)',
    )
    .option('--quiet', 'print problems only')
  return withWorkspace(withDevice(command))
}

/** A host that trains as the options say. */
export async function connectToTrain(context: Context, { depot, ...options }: RunOptions) {
  const { workspace, parallel, device, executor } = options
  const place = { workspace, parallel, device, executor, depot: depot && resolve(context.workingFolder, depot) }
  await using opened = new AsyncDisposableStack()
  const connection = opened.use(await context.connect({ purpose: 'train', ...place }))
  const { host } = await connection.client.system.info()
  refuseDepot(host, depot)
  opened.move()
  return { connection, elsewhere: host !== null && host.executor !== 'local' }
}

async function run(
  context: Context,
  { files, options, finish }: { files: string[]; options: RunOptions; finish: Finish },
): Promise<void> {
  // Loaded only here to keep other commands fast.
  const [{ readExperiments }, { train }] = await Promise.all([import('../read-experiments.ts'), import('../train.ts')])
  const experiments = await readExperiments(files)
  const { connection: opened, elsewhere } = await connectToTrain(context, options)
  await using connection = opened
  const again = `${calledAs(context)} run ${files.map(quoted).join(' ')}${sameOptions(options)}`
  const { exitCode, finished } = await train(context, connection.client, {
    experiments,
    quiet: options.quiet ?? false,
    again,
    resumeAll: resumeAll(context, options),
    elsewhere,
  })
  finish(exitCode)
  if (!options.quiet) await sayWhatWaits(context, connection.client)
  if (finished && !options.quiet) {
    const names = [...new Set(experiments.map(({ file }) => file.name))]
    print(
      context.stdout,
      `Compare the regimes with: ${calledAs(context)} compare ${names.map(quoted).join(' ')}${workspaceArgument(options)}`,
    )
  }
}

/** Runs that others have queued wait once the host of this command ends. */
async function sayWhatWaits(context: Context, { system }: HostClient): Promise<void> {
  const { host } = await system.info()
  if (host?.pid !== process.pid) return
  const { queued, running } = (await system.status()).runs
  const waiting = queued! + running!
  if (waiting === 0) return
  const [what, it] = waiting === 1 ? ['Another run stays', 'it'] : [`${count(waiting)} other runs stay`, 'them']
  print(
    context.stderr,
    `${what} in the queue: an open workbench goes on with ${it}, else the next ${calledAs(context)} serve or run does.`,
  )
}

/** @throws ExitlabError `usage` where a depot is missing, or given to an executor that has none. */
function refuseDepot(host: SystemInfo['host'], given: string | undefined): void {
  if (host?.executor === 'local' && given !== undefined)
    throw new ExitlabError('usage', '--depot is for the executors slurm and external: local trains in the workspace.')
  if (host === null || host.executor === 'local' || host.depot !== null) return
  throw new ExitlabError(
    'usage',
    `The executor ${host.executor} needs a depot, a folder that this machine shares with those that train. Give one by --depot.`,
    { command: ['settings', 'depot=/nfs/you/depot'] },
  )
}

/** ` --workspace DIR` where that was given. */
export function workspaceArgument({ workspace }: WorkspaceOption): string {
  return workspace === undefined ? '' : ` --workspace ${quoted(workspace)}`
}

/** The command that resumes everything after `pause --all`. */
export function resumeAll(context: Context, options: WorkspaceOption): string {
  return `${calledAs(context)} resume --all${workspaceArgument(options)}`
}

/** Options to repeat so that the command resumes in the same way. */
export function sameOptions({
  parallel,
  device,
  executor,
  depot,
  ...options
}: Pick<RunOptions, 'workspace' | 'parallel' | 'device' | 'executor' | 'depot'>): string {
  const together = parallel === undefined ? '' : ` --parallel ${parallel}`
  const others = Object.entries({ device, executor, depot }).map(([name, value]) =>
    value ? ` --${name} ${quoted(value)}` : '',
  )
  return `${workspaceArgument(options)}${together}${others.join('')}`
}
