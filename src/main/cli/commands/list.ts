import type { Command } from 'commander'
import { plural } from '../../../shared/format/numbers.ts'
import type { RunSummary } from '../../../shared/runs/runs.ts'
import { calledAs, type Context, print, printJson, viewOf } from '../context.ts'
import { type JsonOption, withExamples, withJson, withWorkspace, type WorkspaceOption } from '../options.ts'
import { primaryMetric, primaryText } from '../../../shared/methods/task.ts'
import type { View } from '../output/style.ts'
import { right, table } from '../output/table.ts'
import { statusText } from '../progress/words.ts'
import { emptyClassesNotes } from '../empty-classes-notes.ts'
import { noteSameNames } from '../ambiguous-names.ts'
import { distinctLabels, shortIds } from '../../../shared/runs/short-ids.ts'

type Split = 'validation' | 'test'

interface ListOptions extends WorkspaceOption, JsonOption {
  deleted?: boolean
}

export function addList(program: Command, context: Context): void {
  const command = program
    .command('list')
    .alias('ls')
    .description('list runs with status, validation and test accuracy')
    .argument('[RUNS...]', 'only these runs, or the runs of these experiments')
    .option('--deleted', 'list deleted runs instead')
    .action((runs: string[], options: ListOptions) => list(context, runs, options))
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab list', 'every run'],
    ['exitlab list quickstart', 'the runs of one experiment'],
    ["exitlab list --json | jq '.[].status'", 'for scripts'],
  ])
}

async function list(context: Context, references: string[], options: ListOptions): Promise<void> {
  await using connection = await context.connect({ purpose: 'read', workspace: options.workspace })
  const all = await connection.client.runs.list({ runs: references, deleted: options.deleted ?? false })
  if (!options.deleted) await noteSameNames(context, connection.client, references)
  if (options.json) return printJson(context.stdout, all.map(listedRun))
  const runs = references.length > 0 || options.deleted ? all : withoutRepeats(all)
  if (runs.length > 0) {
    print(context.stdout, runTable(runs, viewOf(context)))
    return print(context.stderr, notes(context, { runs, leftOut: all.length - runs.length }))
  }
  print(
    context.stdout,
    options.deleted ? 'No deleted runs.' : `No runs yet. Start with: ${calledAs(context)} run examples/quickstart.yaml`,
  )
}

/** Where an experiment was run again with more seeds, its former runs are in it too: each is listed once, where its name means it. */
function withoutRepeats(runs: readonly RunSummary[]): RunSummary[] {
  const keyOf = ({ name, phases }: RunSummary) => JSON.stringify([name, phases.map(({ id }) => id)])
  const newest = new Map(runs.toSorted((a, b) => a.createdAt - b.createdAt).map((run) => [keyOf(run), run]))
  return runs.filter((run) => newest.get(keyOf(run)) === run)
}

function notes(context: Context, { runs, leftOut }: { runs: readonly RunSummary[]; leftOut: number }): string[] {
  const isClosed = runs.some(({ scores }) => scores?.test === null)
  const [lists, best] = ['list ID', 'best'].map((command) => `${calledAs(context)} ${command}`)
  return [
    ...emptyClassesNotes(runs),
    ...(isClosed ? [`Note: test values of sweeps are closed, as settings are chosen on validation samples: ${best} shows those of the best.`] : []), // prettier-ignore
    ...(leftOut > 0 ? [`Note: ${plural(leftOut, 'run')} of which a newer experiment of the same name has the same training ${leftOut === 1 ? 'is' : 'are'} left out; ${lists} lists the runs of the older one.`] : []), // prettier-ignore
  ]
}

/** One entry of `list --json`. */
export function listedRun(run: RunSummary) {
  const { id, name, experiment, regime, series, settings, seed, status, phases } = run
  return {
    id,
    name,
    experiment,
    regime,
    series,
    settings,
    seed,
    status,
    phases: phases.map(({ id, name, status, epochs, shared, trainedFor }) => ({
      id,
      name,
      status,
      epochs,
      shared,
      trainedFor,
    })),
    ...scoresJson(run),
    ...(run.emptyClasses && { emptyClasses: run.emptyClasses }),
  }
}

/** Scores of a run as JSON for programs, under the name of its task's primary metric; accuracies under the name that they have had from the first version on. */
function scoresJson({ task, scores, latest }: Pick<RunSummary, 'task' | 'scores' | 'latest'>): object {
  const { name } = primaryMetric({ task })
  return {
    ...(task && { task }),
    [name === 'accuracy' ? 'accuracies' : name]: scores,
    latest: latest && {
      epoch: latest.epoch,
      exits: latest.exits.map(({ exit, value }) => ({ exit, [name]: value })),
      imagesPerSecond: latest.imagesPerSecond,
    },
  }
}

function runTable(runs: readonly RunSummary[], { style, width }: View): string[] {
  const short = shortIds(runs.map(({ id }) => id))
  const experiments = distinctLabels(new Map(runs.map((run) => [run.experimentId, run.experiment])))
  const rows = runs.map((run) => [
    short.get(run.id)!,
    experiments.get(run.experimentId)!,
    run.series,
    String(run.seed),
    statusText(run.status, style),
    phaseText(run),
    String(run.phases.reduce((sum, { epochs }) => sum + epochs, 0)),
    scoreText(run, 'validation'),
    scoreText(run, 'test'),
  ])
  return table(
    [
      { header: 'id' },
      { header: 'experiment' },
      { header: 'regime' },
      right('seed'),
      { header: 'status' },
      { header: 'phase', optional: true },
      { ...right('epochs'), optional: true },
      right(scoreHeader(runs, 'validation')),
      right(scoreHeader(runs, 'test')),
    ],
    rows,
    { header: style.faint, width },
  )
}

/** `test %`, `test MSE` */
function scoreHeader(runs: readonly RunSummary[], split: Split): string {
  const metrics = runs.map((run) => primaryMetric(run))
  return [...new Set(metrics.map(({ noun, unit }) => `${split} ${unit || noun}`))].join(', ')
}

/** Of the final exit. */
function scoreText(run: RunSummary, split: Split): string {
  if (run.scores === null) return '–'
  const values = run.scores[split]
  return values === null ? 'closed' : primaryText(values.at(-1)!, run)
}

/** `2/2 heads`: the phase that runs or would run next, or the last; `1/2 backbone, trained for …` where another run has it trained. */
function phaseText({ id, phases }: RunSummary): string {
  const index = phases.findIndex(({ status }) => status !== 'done')
  const current = index < 0 ? phases.length - 1 : index
  const phase = phases[current]
  if (phase === undefined) return ''
  const elsewhere = phase.trainedFor && phase.trainedFor.id !== id ? `, trained for ${phase.trainedFor.name}` : ''
  return `${current + 1}/${phases.length} ${phase.name}${elsewhere}`
}
