import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { HostClient } from '../../../contract/index.ts'
import type { SearchDetail } from '../../../contract/searches.ts'
import type { Experiment } from '../../host/experiments/file/read-experiment.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { exitCodes } from '../../../shared/basics/exit-codes.ts'
import { rounded } from '../../../shared/tables/table.ts'
import { calledAs, type Context, print, printJson, viewOf, type Finish, type Signal } from '../context.ts'
import { unfinishedExitCode } from '../follow.ts'
import { budget, positiveNumber, ruleOption, withExamples, withJson, type JsonOption } from '../options.ts'
import { quoted } from '../../../shared/text/shell-word.ts'
import { save } from '../save.ts'
import { refuseLostResult } from '../write-file.ts'
import { connectToTrain, sameOptions, withTraining, type RunOptions } from './run.ts'

interface SearchOptions extends RunOptions, JsonOption {
  budget: number
  hours?: number
  rule?: string
  save?: string
  stop?: string
}

export function addSearch(program: Command, context: Context, finish: Finish): void {
  const command = program
    .command('search')
    .description('search the best series of an experiment at a budget, within hours; without a file, list searches')
    .argument('[FILE]', 'experiment file with a sweep or several regimes; an unfinished search is resumed')
    .addOption(new Option('--budget <PERCENT>', "in % of the backbone's cost").argParser(budget).default(0.5, '50'))
    .option('--hours <N>', 'of training at most, all trainings together; required with FILE', positiveNumber)
    .addOption(ruleOption())
    .option('--save <FILE>', 'write the experiment of the winner to this file')
    .option('--stop <SEARCH>', 'stop a search, by its id or the name of its experiment')
    .action((file: string | undefined, options: SearchOptions) => {
      if (file !== undefined && options.stop !== undefined)
        command.error("error: option '--stop <SEARCH>' takes the search, not a file")
      const ofSearch = options.hours === undefined ? options.save && '--save <FILE>' : '--hours <N>'
      if (file === undefined && options.stop === undefined && ofSearch)
        command.error(`error: option '${ofSearch}' is for a search: name its experiment file`)
      return search(context, { file, options, finish })
    })
  withExamples(withJson(withTraining(command)), [
    ['exitlab search sweep.yaml --budget 50 --hours 3', 'Ctrl-C pauses, the same command resumes'],
    ['exitlab search sweep.yaml --hours 3 --save best.yaml', 'and write the experiment of the winner'],
    ['exitlab search', 'every search, with what leads'],
  ])
}

interface SearchArguments {
  file: string | undefined
  options: SearchOptions
  finish: Finish
}

async function search(context: Context, { file, options, finish }: SearchArguments): Promise<void> {
  if (options.stop !== undefined) return stop(context, options.stop, options)
  if (file === undefined) return list(context, options)
  const { hours } = options
  if (hours === undefined)
    throw new ExitlabError('usage', 'Expected --hours N: how long to train at most, all trainings together.')
  if (options.save !== undefined) await refuseLostResult(resolve(context.workingFolder, options.save))
  const { readExperiment } = await import('../../host/experiments/file/read-experiment.ts')
  const experiment = await readExperiment(file)
  const { connection: opened, elsewhere } = await connectToTrain(context, options)
  await using connection = opened
  const { client } = connection
  const id = await start(context, client, { experiment, options: { ...options, hours } })
  const { followSearch } = await import('../follow-search.ts')
  const quiet = (options.quiet ?? false) || (options.json ?? false)
  const { detail, signal } = await followSearch(context, client, { search: id, quiet, elsewhere })
  finish(exitCodeOf(detail, signal))
  await conclude(context, detail, { file, options: { ...options, hours } })
}

type Started = SearchOptions & { hours: number }

async function start(
  context: Context,
  client: HostClient,
  { experiment, options: { budget, hours, rule, quiet } }: { experiment: Experiment; options: Started },
): Promise<string> {
  const { throwLocated } = await import('../../host/experiments/file/locate-refusal.ts')
  const { tellingActivity } = await import('../progress/activity.ts')
  const say = (text: string) => quiet || print(context.stderr, text)
  const asked = { ...experiment, budget, hours, rule: rule ?? null }
  const { search } = await tellingActivity(client, say, () => client.searches.start(asked)).catch((error: unknown) =>
    throwLocated(error, experiment),
  )
  return search
}

function exitCodeOf({ status }: SearchDetail, signal: Signal | undefined): number {
  return status === 'done' ? exitCodes.success.code : unfinishedExitCode(signal)
}

async function conclude(
  context: Context,
  detail: SearchDetail,
  { file, options }: { file: string; options: Started },
): Promise<void> {
  const { stdout, stderr, style } = context
  const again = `${calledAs(context)} search ${quoted(file)} --budget ${rounded(100 * options.budget, 6)} --hours ${options.hours}${options.rule ? ` --rule ${quoted(options.rule)}` : ''}${options.save ? ` --save ${quoted(options.save)}` : ''}${sameOptions(options)}`
  if (options.json) printJson(stdout, detail)
  else if (!options.quiet) {
    const { rankingLines } = await import('../search-table.ts')
    if (detail.winner)
      print(stdout, ['', ...rankingLines(detail, viewOf(context)), '', style.strong(detail.winner.sentence)])
  }
  if (options.save !== undefined && detail.winner)
    await save(context, detail.winner.file, { file: options.save, quiet: options.quiet })
  if (detail.status === 'failed') {
    print(stderr, `exitlab: ${detail.error ?? ''}`)
    print(stderr, `When the cause is mended, go on with: ${again}`)
  } else if (detail.status !== 'done') print(stderr, `The search is ${detail.status}. Resume with: ${again}`)
  else if (options.save === undefined && !options.quiet && !options.json)
    print(stdout, `Its experiment file: ${again} --save winner.yaml`)
}

async function list(context: Context, options: SearchOptions): Promise<void> {
  await using connection = await context.connect({ purpose: 'read', workspace: options.workspace })
  const searches = await connection.client.searches.list()
  if (options.json) return printJson(context.stdout, searches)
  const { searchLines } = await import('../search-table.ts')
  const example = `No searches yet. Start with: ${calledAs(context)} search FILE --budget 50 --hours 3`
  print(context.stdout, searches.length === 0 ? example : searchLines(searches, viewOf(context)))
}

async function stop(context: Context, name: string, options: SearchOptions): Promise<void> {
  await using connection = await context.connect({ purpose: 'control', workspace: options.workspace })
  const { searches } = connection.client
  await searches.stop({ search: name })
  if (options.quiet) return
  const { status } = await searches.show({ search: name })
  const outcome = status === 'stopped' ? 'stopped. Its runs are kept.' : `${status}: there was nothing to stop.`
  print(context.stdout, `The search ${name} is ${outcome}`)
}
