import { type Command, Option } from 'commander'
import {
  furtherSeeds,
  moreSeedsAnswer,
  mostSeeds,
  type Outlook,
  takesTooMany,
} from '../../../readings/more-seeds/schema.ts'
import type { HostClient } from '../../../contract/index.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { budgetColumn } from '../../../shared/tables/table-words.ts'
import { noteSameNames } from '../ambiguous-names.ts'
import { calledAs, print, type Context, type Finish } from '../context.ts'
import { experimentReferences } from '../experiment-references.ts'
import { budget, positiveInteger, ruleOption, withExamples } from '../options.ts'
import { quoted } from '../../../shared/text/shell-word.ts'
import { connectToTrain, resumeAll, sameOptions, withTraining, workspaceArgument, type RunOptions } from './run.ts'

interface MoreSeedsOptions extends RunOptions {
  seeds?: number
  budget: number
  rule?: string
}

export function addMoreSeeds(program: Command, context: Context, finish: Finish): void {
  const command = program
    .command('more-seeds')
    .description('queue further seeds of series, as many as may decide between them, and train them')
    .argument('<RUNS...>', 'runs, experiments or experiment files, of whose series more seeds are trained')
    .option(
      '--seeds <N>',
      'further seeds of each series (default: as many as may decide every difference at the budget)',
      positiveInteger,
    )
    .addOption(new Option('--budget <PERCENT>', "in % of the backbone's cost").argParser(budget).default(0.5, '50'))
    .addOption(ruleOption())
    .action((runs: string[], options: MoreSeedsOptions) => moreSeeds(context, { given: runs, options, finish }))
  withExamples(withTraining(command), [
    ['exitlab more-seeds quickstart', 'as many as `compare --table more-seeds` says'],
    ['exitlab more-seeds sweep-mixed-s1 sweep-joint-s1 --seeds 4', 'four more of the series of two runs'],
  ])
}

async function moreSeeds(
  context: Context,
  { given, options, finish }: { given: string[]; options: MoreSeedsOptions; finish: Finish },
): Promise<void> {
  const [runs, { followRuns }] = await Promise.all([experimentReferences(given), import('../follow-runs.ts')])
  const { connection: opened, elsewhere } = await connectToTrain(context, options)
  await using connection = opened
  const { client } = connection
  await noteSameNames(context, client, runs)
  const more = options.seeds ?? (await needed(client, runs, options))
  const added = await client.experiments.moreSeeds({ runs, more })
  for (const { id, name, seeds } of added)
    print(context.stderr, `${plural(seeds.length, 'further seed')} of ${name} (${id}): ${seeds.join(', ')}.`)
  const again = `${calledAs(context)} more-seeds ${given.map(quoted).join(' ')} --seeds ${more}${sameOptions(options)}`
  const { exitCode, finished } = await followRuns(context, client, {
    runs: added.flatMap((each) => each.runs.map(({ id }) => id)),
    quiet: options.quiet ?? false,
    ...{ again, resumeAll: resumeAll(context, options), elsewhere },
  })
  finish(exitCode)
  if (finished && !options.quiet)
    print(
      context.stdout,
      `Compare the series with: ${calledAs(context)} compare ${added.map(({ id }) => id).join(' ')}${workspaceArgument(options)}`,
    )
}

/** Seeds that may decide every difference of which that is known. @throws ExitlabError `usage` where nothing is undecided, or no number of seeds is known, or it is one that nobody means without saying it. */
async function needed(client: HostClient, runs: string[], { budget: share, rule }: MoreSeedsOptions): Promise<number> {
  const question = { runs, rule, budgets: [share] }
  const answer = moreSeedsAnswer.parse(await client.readings.ask({ reading: 'more-seeds', question }))
  const pairs = answer.atBudgets.flatMap((each) => each.pairs)
  if (pairs.length === 0)
    throw refused(
      `There is no difference to decide at ${budgetColumn(share).title} of the backbone’s cost: expected two series of one experiment with a common seed and a threshold within the budget.`,
    )
  if (pairs.every(({ decided }) => decided)) throw refused('Every difference is decided.')
  const known = pairs.flatMap((pair) => pair.needed ?? [])
  const most = Math.max(...known)
  const close = pairs.filter(takesTooMany)
  if (close.length > 0) throw refused(closeSentence(close, known.length === 0 ? null : most))
  if (most > furtherSeeds.at(-1)!)
    throw refused(
      `To decide every difference takes about ${most} more seeds of each series; \`compare --table more-seeds\` says which differences take fewer.`,
    )
  if (known.length > 0) return most
  throw refused('It is not known of any undecided difference how many more seeds may decide it.')
}

/** `To decide joint − mixed would take more than 100 more seeds of each series; the others take about 4.` */
function closeSentence([first, ...others]: readonly Outlook[], most: number | null): string {
  const which = `${first!.first} − ${first!.second}${others.length === 0 ? '' : ` and ${others.length} more`}`
  const rest = most === null ? '' : `; what else is undecided takes about ${most}`
  return `To decide ${which} would take more than ${mostSeeds} more seeds of each series${rest}.`
}

const refused = (why: string) => new ExitlabError('usage', `${why} Give a number of further seeds by --seeds.`)
