import { resolve } from 'node:path'
import type { Command } from 'commander'
import { count, plural } from '../../../shared/format/numbers.ts'
import { exitCodes } from '../../../shared/basics/exit-codes.ts'
import { type Context, type Finish, print, printJson } from '../context.ts'
import { type JsonOption, withExamples, withJson, withWorkspace, type WorkspaceOption } from '../options.ts'
import { tellingActivity } from '../progress/activity.ts'
import { collectGarbageOf, type GarbageCommandOptions } from './depot-garbage.ts'
import { withHelpCommand } from './help.ts'

/** `depot list|merge|verify|gc`: folders of phases that several machines fill. */
export function addDepot(program: Command, context: Context, finish: Finish): void {
  const group = program
    .command('depot')
    .usage('COMMAND DEPOT')
    .description('fill, list, merge, verify and clean depots')
  const add = group
    .command('add')
    .description('write the phases of an experiment, for others to train; print each with its parent, parents first')
    .argument('<FILE>', 'experiment file')
    .argument('<DEPOT>', 'folder of phases; made if it is missing')
    .action((file: string, depot: string, options: DepotAddOptions) => addExperiment(context, { file, depot, options }))
  const list = group
    .command('list')
    .description('count the phases of a depot by how far they are')
    .argument('<DEPOT>', 'folder of phases')
    .action((depot: string, options: JsonOption) => listDepot(context, depot, options))
  const merge = group
    .command('merge')
    .description('copy into a depot what others have and it lacks, each file verified')
    .argument('<DEPOT>', 'folder of phases that receives them; made if it is missing')
    .argument('<SOURCES...>', 'depots, or `checkpoints` folders of workspaces')
    .action((depot: string, sources: string[], options: JsonOption) => mergeInto(context, depot, { sources, options }))
  const verify = group
    .command('verify')
    .description('read every file of a depot and compare it with its checksum')
    .argument('<DEPOT>', 'folder of phases')
    .action((depot: string, options: JsonOption) => verifyFiles(context, depot, { options, finish }))
  const gc = group
    .command('gc')
    .description('print, or remove, unfinished and damaged files and checkpoints of phases that are done')
    .argument('<DEPOT>', 'folder of phases')
    .option('--keep <WORKSPACES...>', 'also phases that no run of these workspaces has')
    .option('--yes', 'remove it; without this, it is only printed')
    .action((depot: string, options: GarbageCommandOptions) => collectGarbageOf(context, depot, options))
  withWorkspace(add)
  for (const command of [add, list, merge, verify, gc]) withJson(command)
  withHelpCommand(group)
  withExamples(group, [
    ['exitlab depot add a.yaml /nfs/depot > phases', 'a line a phase: ID PARENT, or ID where it has none'],
    ['exitlab depot list /nfs/depot', 'phases that are evaluated, trained, begun, waiting'],
    ['exitlab depot merge /nfs/depot /scratch/depot', 'collect what another machine trained'],
    ['exitlab depot verify /nfs/depot', 'exit code 10 if a file is damaged'],
    ['exitlab depot gc /nfs/depot --keep workspace', 'what would be removed, and how much'],
    ['exitlab depot gc /nfs/depot --keep workspace --yes', 'removes it'],
  ])
}

async function listDepot({ stdout, workingFolder }: Context, depot: string, { json }: JsonOption): Promise<void> {
  const { depotSummary } = await import('../../execution/depot/summary.ts')
  const summary = await depotSummary(resolve(workingFolder, depot))
  if (json) return printJson(stdout, summary)
  const { evaluated, trained, begun, waiting } = summary
  const phases = plural(evaluated + trained + begun + waiting, 'phase')
  const parts = [`${count(evaluated)} trained and evaluated`, `${count(trained)} trained`, `${count(begun)} begun`]
  print(stdout, `${phases}: ${parts.join(', ')}, ${count(waiting)} waiting.`)
}

async function mergeInto(
  { stdout, stderr, workingFolder }: Context,
  depot: string,
  { sources, options }: { sources: readonly string[]; options: JsonOption },
): Promise<void> {
  const [{ mergeDepots }, { lockOwnWorkspace }] = await Promise.all([
    import('../../execution/depot/merge.ts'),
    import('../../host/open/depot-workspaces.ts'),
  ])
  const target = resolve(workingFolder, depot)
  const lock = lockOwnWorkspace(target)
  const report = await mergeDepots(
    target,
    sources.map((source) => resolve(workingFolder, source)),
  ).finally(() => lock.release())
  if (options.json) return printJson(stdout, report)
  for (const each of report.left) print(stderr, `The phase ${each}.`)
  print(stdout, `${count(report.copied)} of ${plural(report.phases, 'phase')} copied.`)
}

async function verifyFiles(
  { stdout, workingFolder }: Context,
  depot: string,
  { options, finish }: { options: JsonOption; finish: Finish },
): Promise<void> {
  const { verifyDepot } = await import('../../execution/depot/verify.ts')
  const found = await verifyDepot(resolve(workingFolder, depot))
  if (found.faults.length > 0) finish(exitCodes.failedRuns.code)
  if (options.json) return printJson(stdout, found)
  for (const fault of found.faults) print(stdout, fault)
  const faults = found.faults.length === 0 ? 'no damage' : plural(found.faults.length, 'fault')
  print(stdout, `${plural(found.phases, 'phase')}: ${faults}.`)
}

type DepotAddOptions = WorkspaceOption & JsonOption

interface Addition {
  file: string
  depot: string
  options: DepotAddOptions
}

/** `depot add`: writes the phases of an experiment into a depot. */
async function addExperiment(context: Context, { file, depot, options }: Addition): Promise<void> {
  const [{ readExperiment }, { throwLocated }] = await Promise.all([
    import('../../host/experiments/file/read-experiment.ts'),
    import('../../host/experiments/file/locate-refusal.ts'),
  ])
  const experiment = await readExperiment(file)
  await using connection = await context.connect({ purpose: 'read', workspace: options.workspace })
  const { client } = connection
  const say = (text: string) => print(context.stderr, text)
  const phases = await tellingActivity(client, say, () =>
    client.experiments.addToDepot({ ...experiment, depot: resolve(context.workingFolder, depot) }),
  ).catch((error: unknown) => throwLocated(error, experiment))
  if (options.json) return printJson(context.stdout, phases)
  print(
    context.stdout,
    phases.map(({ id, parent }) => (parent === null ? id : `${id} ${parent}`)),
  )
}
