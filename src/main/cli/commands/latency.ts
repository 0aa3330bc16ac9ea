import type { Command } from 'commander'
import type { MeasuredNetwork } from '../../../contract/runs.ts'
import { fixed, percent } from '../../../shared/format/numbers.ts'
import { noteSameNames } from '../ambiguous-names.ts'
import { type Context, print, printJson, viewOf } from '../context.ts'
import {
  type JsonOption,
  positiveInteger,
  withExamples,
  withJson,
  withWorkspace,
  type WorkspaceOption,
} from '../options.ts'
import type { View } from '../output/style.ts'
import { right, table } from '../output/table.ts'

interface LatencyCommandOptions extends WorkspaceOption, JsonOption {
  batchSize: number
}

export function addLatency(program: Command, context: Context): void {
  const command = program
    .command('latency')
    .description('measure how long each exit takes on this machine, once for each different network')
    .argument('<RUNS...>', 'finished runs or experiments')
    .option('--batch-size <SAMPLES>', 'size of the batches that are timed besides single samples', positiveInteger, 32)
    .action((runs: string[], options: LatencyCommandOptions) => latency(context, runs, options))
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab latency quickstart', 'all runs of an experiment have one network'],
    ['exitlab latency 3f9c2a --batch-size 128', 'with larger batches'],
  ])
}

async function latency(context: Context, runs: string[], options: LatencyCommandOptions): Promise<void> {
  await using connection = await context.connect({ purpose: 'control', workspace: options.workspace })
  const { client } = connection
  await noteSameNames(context, client, runs)
  const measured = await client.runs.measureLatency({ runs, batchSize: options.batchSize })
  if (options.json) return printJson(context.stdout, measured)
  const names = new Map((await client.runs.list({ runs })).map(({ id, name }) => [id, name]))
  for (const each of measured) {
    const [first, ...others] = each.runs.map((id) => names.get(id)!)
    const title = `${first!}${others.length > 0 ? ` and ${others.length} more` : ''}, ${each.latency.machine}`
    print(context.stdout, [context.style.strong(title), ...lines(each, viewOf(context))])
  }
}

function lines({ latency: { batches } }: MeasuredNetwork, { style, width }: View): string[] {
  const rows = [...batches[0]!.exits.keys()].map((exit) => ({
    name: exit === batches[0]!.exits.length - 1 ? 'final' : String(exit),
    times: batches.map(({ exits }) => exits[exit]!),
  }))
  const backbone = { name: 'backbone alone', times: batches.map((each) => each.backbone) }
  const whole = batches[0]!.backbone.median
  return table(
    [
      { header: 'exit' },
      right('% of backbone'),
      ...batches.flatMap(({ batchSize }) => [right(`ms, batch ${batchSize}`), { ...right('95 %'), optional: true }]),
    ],
    [...rows, backbone].map(({ name, times }) => [
      name,
      percent(times[0]!.median / whole),
      ...times.flatMap(({ median, p95 }) => [fixed(median, 2), fixed(p95, 2)]),
    ]),
    { header: style.faint, width },
  )
}
