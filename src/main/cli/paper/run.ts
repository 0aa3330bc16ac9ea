import type { AnalysisQuestion } from '../../../contract/analyses.ts'
import type { HostClient } from '../../../contract/index.ts'
import type { PaperScale } from '../../../shared/paper/paper.ts'
import type { Parallel } from '../../../shared/phases/parallel.ts'
import type { RunSummary } from '../../../shared/runs/runs.ts'
import { resumeAll, sameOptions } from '../commands/run.ts'
import { calledAs, type Context, print } from '../context.ts'
import { exitCodes } from '../../../shared/basics/exit-codes.ts'
import type { WorkspaceOption } from '../options.ts'
import { readRuns } from '../read-runs.ts'
import { followAnalyses } from '../follow-analyses.ts'
import { followRuns } from '../follow-runs.ts'
import { itemList } from './item-list.ts'

export interface PaperRunOptions extends WorkspaceOption {
  scale: PaperScale
  items: string[]
  parallel?: Parallel
  device?: string
  quiet?: boolean
}

/** Trains and analyses what tables and figures lack, until nothing more can be done. Returns the exit code. */
export async function runPaper(context: Context, options: PaperRunOptions): Promise<number> {
  const { workspace, parallel, device, scale, items } = options
  await using connection = await context.connect({ purpose: 'train', workspace, parallel, device })
  const { client } = connection
  const question = { scale, items }
  const follow = await followOptions(context, client, options)
  const told = new Set<string>()
  for (let retry = true; ; retry = false) {
    const { runIds, questions, problems } = await client.paper.start({ ...question, retry })
    problems.forEach((problem) => tell(context, problem, told))
    const ended = await work(context, client, { follow, runs: runIds, questions })
    if (ended === undefined) return conclude(context, client, { question, again: follow.again, quiet: follow.quiet })
    if (ended.signal !== undefined) return ended.exitCode
  }
}

async function followOptions(context: Context, client: HostClient, options: PaperRunOptions) {
  const words = ['paper', 'run', ...options.items, '--scale', options.scale].join(' ')
  return {
    quiet: options.quiet ?? false,
    again: `${calledAs(context)} ${words}${sameOptions(options)}`,
    resumeAll: resumeAll(context, options),
    elsewhere: ((await client.system.info()).host?.executor ?? 'local') !== 'local',
  }
}

interface Work {
  follow: Awaited<ReturnType<typeof followOptions>>
  runs: readonly string[]
  questions: readonly AnalysisQuestion[]
}

/** Follows what is queued: the runs, else the analyses. Undefined where nothing is. */
async function work(context: Context, client: HostClient, { follow, runs, questions }: Work) {
  const isOpen = ({ status }: { status: string }) => status === 'queued' || status === 'running'
  // What is paused with everything else is waited for.
  const isAwaited = (run: RunSummary) => !run.deleted && (isOpen(run) || (run.status === 'paused' && run.pausedWithAll))
  const open = (await readRuns(client, runs)).filter(isAwaited)
  if (open.length > 0) return followRuns(context, client, { ...follow, runs: open.map(({ id }) => id) })
  const found = await Promise.all(questions.map((question) => client.analyses.find(question)))
  const left = questions.filter((_, index) =>
    found[index]!.answers.some(({ analysis }) => analysis && isOpen(analysis)),
  )
  return left.length === 0 ? undefined : followAnalyses(context, client, { ...follow, questions: left })
}

/** Says once what keeps an experiment from being trained. */
function tell(context: Context, { file, message }: { file: string; message: string }, told: Set<string>): void {
  const line = `${file}: ${message}`
  if (!told.has(line)) print(context.stderr, line)
  told.add(line)
}

interface Concluding {
  question: { scale: PaperScale; items: string[] }
  again: string
  quiet: boolean
}

async function conclude(context: Context, client: HostClient, { question, again, quiet }: Concluding): Promise<number> {
  const { items, experiments } = await client.paper.status(question)
  const left = items.filter(({ state }) => state !== 'done').map(({ id }) => id)
  if (left.length === 0) {
    if (!quiet) print(context.stdout, `Done: ${itemList(items.map(({ id }) => id))}.`)
    return exitCodes.success.code
  }
  const ids = new Set(experiments.flatMap(({ id }) => id ?? []))
  const failed = (await client.runs.list({})).filter((run) => ids.has(run.experimentId) && run.status === 'failed')
  for (const { name, error } of failed) print(context.stderr, `exitlab: ${name} failed: ${error ?? 'no error message'}`)
  print(
    context.stderr,
    `${items.length - left.length} of ${items.length} tables and figures done. Not done: ${itemList(left)}. Try again with: ${again}`,
  )
  return exitCodes.failedRuns.code
}
