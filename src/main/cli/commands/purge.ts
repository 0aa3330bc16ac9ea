import type { Command } from 'commander'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { type Context, print, printJson } from '../context.ts'
import { type JsonOption, withExamples, withJson, withWorkspace, type WorkspaceOption } from '../options.ts'
import { bytes, plural } from '../../../shared/format/numbers.ts'

export function addPurge(program: Command, context: Context): void {
  const command = program
    .command('purge')
    .description('remove deleted runs permanently, with the files that no other run needs')
    .argument('[RUNS...]', 'deleted runs, or experiments for all their deleted runs')
    .option('--deleted', 'all deleted runs')
    .action((runs: string[], options: PurgeOptions) => purge(context, runs, options))
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab purge 3f9c2a', 'one deleted run; this cannot be undone'],
    ['exitlab purge quickstart', 'all deleted runs of an experiment'],
    ['exitlab purge --deleted', 'all deleted runs'],
  ])
}

interface PurgeOptions extends WorkspaceOption, JsonOption {
  deleted?: boolean
}

async function purge(context: Context, references: string[], options: PurgeOptions): Promise<void> {
  if (references.length > 0 === (options.deleted ?? false))
    throw new ExitlabError('usage', 'Expected runs to purge, or --deleted for all deleted runs.')
  await using connection = await context.connect({ purpose: 'control', workspace: options.workspace })
  const { client } = connection
  const runs = options.deleted ? (await client.runs.list({ deleted: true })).map(({ id }) => id) : references
  const purged = runs.length === 0 ? { runs, freedBytes: 0 } : await client.runs.purge({ runs })
  if (options.json) return printJson(context.stdout, purged)
  print(context.stdout, `${plural(purged.runs.length, 'run')} removed permanently, ${bytes(purged.freedBytes)} freed`)
}
