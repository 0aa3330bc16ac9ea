import type { Command } from 'commander'
import { type Context, print, printJson } from '../context.ts'
import { type JsonOption, withExamples, withJson, withWorkspace, type WorkspaceOption } from '../options.ts'
import { bytes, plural } from '../output/numbers.ts'

export function addPurge(program: Command, context: Context): void {
  const command = program
    .command('purge')
    .description('remove deleted runs for good, with the checkpoints that no other run needs')
    .argument('<RUNS...>', 'deleted runs, or experiments for all their deleted runs')
    .action((runs: string[], options: WorkspaceOption & JsonOption) => purge(context, runs, options))
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab purge 3f9c2a', 'one deleted run; this cannot be undone'],
    ['exitlab purge quickstart', 'all deleted runs of an experiment'],
  ])
}

async function purge(context: Context, runs: string[], options: WorkspaceOption & JsonOption): Promise<void> {
  await using connection = await context.connect({ purpose: 'control', workspace: options.workspace })
  const purged = await connection.client.runs.purge({ runs })
  if (options.json) return printJson(context.stdout, purged)
  print(context.stdout, `${plural(purged.runs.length, 'run')} removed for good, ${bytes(purged.freedBytes)} freed`)
}
