import type { Command } from 'commander'
import type { HostClient } from '../../../contract/index.ts'
import type { AnalysisSummary } from '../../../shared/evaluation/analysis.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { RunSummary } from '../../../shared/runs/runs.ts'
import { calledAs, type Context, print, printJson } from '../context.ts'
import { type JsonOption, withExamples, withJson, withWorkspace, type WorkspaceOption } from '../options.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { noteSameNames } from '../ambiguous-names.ts'
import { shortIds } from '../../../shared/runs/short-ids.ts'
import { listedRun } from './list.ts'

interface Control {
  description: string
  /** Past participle, printed before the runs: `paused`. */
  done: string
  call: (client: HostClient, runs: string[]) => Promise<{ runs: RunSummary[] }>
  /** Next steps to print, given the program's name and the ids. */
  next?: (exitlab: string, ids: string) => string | string[]
  /** The same for everything there is, analyses too; `option` describes it. */
  all?: { option: string; call: (client: HostClient) => Promise<Everything>; next?: (exitlab: string) => string }
  /** Whether it is for deleted runs, among which no name means the newest of several experiments. */
  deleted?: boolean
}

type ForAll = Control & Required<Pick<Control, 'all'>>

interface Everything {
  runs: RunSummary[]
  analyses: AnalysisSummary[]
}

const controls = {
  pause: {
    description: 'pause runs at their next step, with a checkpoint',
    done: 'paused',
    call: (client, runs) => client.runs.pause({ runs }),
    next: (exitlab, ids) => `Resume with: ${exitlab} resume ${ids}`,
    all: {
      option: 'pause all queued and running runs and analyses',
      call: (client) => client.queue.pause(),
      next: (exitlab) => `Resume with: ${exitlab} resume --all`,
    },
  },
  resume: {
    description: 'put paused, stopped or failed runs back into the queue',
    done: 'resumed',
    call: (client, runs) => client.runs.resume({ runs }),
    all: { option: 'resume all that `pause --all` paused', call: (client) => client.queue.resume() },
  },
  stop: {
    description: 'stop runs, with a checkpoint, and remove them from the queue',
    done: 'stopped',
    call: (client, runs) => client.runs.stop({ runs }),
    next: (exitlab, ids) => `Resume with: ${exitlab} resume ${ids}`,
  },
  retry: {
    description: 'put failed or stopped runs back into the queue, and finished runs with damaged files',
    done: 'queued again',
    call: (client, runs) => client.runs.retry({ runs }),
  },
  delete: {
    description: 'delete runs; `restore` restores them, `purge` removes them permanently',
    done: 'deleted',
    call: (client, runs) => client.runs.delete({ runs }),
    next: (exitlab, ids) => [
      `Undo with: ${exitlab} restore ${ids}`,
      `Free their disk space with: ${exitlab} purge ${ids}`,
    ],
  },
  restore: {
    description: 'restore deleted runs',
    done: 'restored',
    deleted: true,
    call: (client, runs) => client.runs.restore({ runs }),
  },
} as const satisfies Record<string, Control>

/** pause, resume, stop, retry, delete and restore, which differ only in what they ask of the host. */
export function addControls(program: Command, context: Context): void {
  for (const [name, control] of Object.entries(controls)) addControl(program, context, { name, control })
}

function addControl(program: Command, context: Context, { name, control }: { name: string; control: Control }): void {
  const command = program
    .command(name)
    .description(control.description)
    .argument(control.all ? '[RUNS...]' : '<RUNS...>', 'runs, or experiments for all their runs')
  if (control.all) command.option('--all', control.all.option)
  command.action((runs: string[], options: ControlOptions) => {
    if (!control.all) return apply(context, { control, runs, options })
    if ((runs.length === 0) !== (options.all === true))
      throw new ExitlabError('usage', `Expected either runs to ${name}, or --all.`)
    return options.all
      ? applyToAll(context, { ...control, all: control.all }, options)
      : apply(context, { control, runs, options })
  })
  withExamples(withJson(withWorkspace(command)), [
    [`exitlab ${name} 3f9c2a`, 'one run, by the beginning of its id'],
    [`exitlab ${name} quickstart`, 'all runs of an experiment'],
    ...(control.all ? [[`exitlab ${name} --all`, control.all.option] as [string, string]] : []),
  ])
}

type ControlOptions = WorkspaceOption & JsonOption & { all?: boolean }

interface Application {
  control: Control
  runs: string[]
  options: ControlOptions
}

async function applyToAll(context: Context, { all, done }: ForAll, options: ControlOptions): Promise<void> {
  await using connection = await context.connect({ purpose: 'control', workspace: options.workspace })
  const { runs, analyses } = await all.call(connection.client)
  if (options.json) return printJson(context.stdout, { runs: runs.map(listedRun), analyses })
  const counts = [
    plural(runs.length, 'run'),
    ...(analyses.length > 0 ? [plural(analyses.length, 'analysis', 'analyses')] : []),
  ]
  const named = [...runs, ...analyses.map(({ id, kind, status }) => ({ id, name: kind, status }))]
  print(context.stdout, changedLines(`${counts.join(' and ')} ${done}`, named))
  if (all.next && named.length > 0) print(context.stdout, all.next(calledAs(context)))
}

async function apply(context: Context, { control, runs, options }: Application): Promise<void> {
  await using connection = await context.connect({ purpose: 'control', workspace: options.workspace })
  if (!control.deleted) await noteSameNames(context, connection.client, runs)
  const changed = (await control.call(connection.client, runs)).runs
  if (options.json) return printJson(context.stdout, changed.map(listedRun))
  print(context.stdout, changedLines(`${plural(changed.length, 'run')} ${control.done}`, changed))
  const short = shortIds(changed.map(({ id }) => id))
  if (control.next && changed.length > 0)
    print(context.stdout, control.next(calledAs(context), [...short.values()].join(' ')))
}

/** A heading, and a line for each changed item. */
function changedLines(what: string, changed: readonly { id: string; name: string; status: string }[]): string[] {
  const short = shortIds(changed.map(({ id }) => id))
  return [what, ...changed.map(({ id, name, status }) => `  ${short.get(id)}  ${name}  ${status}`)]
}
