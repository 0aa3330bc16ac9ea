import type { Command } from 'commander'
import type { DiskUse } from '../../../contract/system.ts'
import { calledAs, type Context, print, printJson, viewOf } from '../context.ts'
import { type JsonOption, withExamples, withJson, withWorkspace, type WorkspaceOption } from '../options.ts'
import { bytes, count, plural } from '../../../shared/format/numbers.ts'
import type { View } from '../output/style.ts'
import { right, table } from '../output/table.ts'

export function addDisk(program: Command, context: Context): void {
  const command = program
    .command('disk')
    .description('print the disk use of each experiment')
    .action((options: WorkspaceOption & JsonOption) => disk(context, options))
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab disk', 'what a purge of each experiment frees'],
    ['exitlab disk --json', 'sizes in bytes'],
  ])
}

async function disk(context: Context, { workspace, json }: WorkspaceOption & JsonOption): Promise<void> {
  await using connection = await context.connect({ purpose: 'read', workspace })
  const use = await connection.client.system.disk()
  if (json) return printJson(context.stdout, use)
  if (use.experiments.length > 0) print(context.stdout, experimentLines(use, viewOf(context)))
  else print(context.stdout, 'No runs yet.')
  if (use.tokens.bytes > 0)
    print(
      context.stdout,
      `Tokens of texts: ${bytes(use.tokens.bytes)} in ${use.tokens.folder}, a cache that may be deleted.`,
    )
  if (use.bin.runs > 0)
    print(
      context.stdout,
      `${plural(use.bin.runs, 'deleted run')}: \`${calledAs(context)} purge --deleted\` frees ${bytes(use.bin.bytes)}.`,
    )
}

function experimentLines(use: DiskUse, { width }: View): string[] {
  const headers = ['runs', 'deleted', 'checkpoints', 'evaluations', 'analyses', 'shared with others']
  const rows = use.experiments.map((each) => [
    each.name,
    count(each.runs),
    count(each.deleted),
    ...[each.checkpointBytes, each.evaluationBytes, each.analysisBytes, each.sharedBytes].map(bytes),
  ])
  return [
    ...table([{ header: 'experiment' }, ...headers.map(right)], rows, { width }),
    '',
    `${bytes(use.sharedBytes)} in phases shared by several experiments, counted once.`,
  ]
}
