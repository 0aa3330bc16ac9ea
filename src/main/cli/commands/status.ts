import type { Command } from 'commander'
import type { SystemInfo, WorkspaceStatus } from '../../../contract/system.ts'
import { deviceInWords } from '../../../shared/phases/device.ts'
import { executorWords } from '../../../shared/phases/executor.ts'
import { bytes, count, plural } from '../../../shared/format/numbers.ts'
import type { Parallel } from '../../../shared/phases/parallel.ts'
import { duration, when } from '../../../shared/format/times.ts'
import { jobState } from '../../../shared/phases/slurm-jobs.ts'
import { calledAs, type Context, print, printJson } from '../context.ts'
import { messageLines } from '../output/text.ts'
import { type JsonOption, withExamples, withJson, withWorkspace, type WorkspaceOption } from '../options.ts'

export function addStatus(program: Command, context: Context): void {
  const command = program
    .command('status')
    .description(
      'print what the workspace does now: host, queue, phases in training, jobs of Slurm or others that train, disk',
    )
    .action((options: WorkspaceOption & JsonOption) => status(context, options))
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab status', 'a glance'],
    ['watch -n 10 exitlab status', 'every ten seconds'],
    ["exitlab status --json | jq '.runs.queued'", 'for scripts'],
  ])
}

async function status(context: Context, { workspace, json }: WorkspaceOption & JsonOption): Promise<void> {
  await using connection = await context.connect({ purpose: 'read', workspace })
  const { system } = connection.client
  const [info, now] = await Promise.all([system.info(), system.status()])
  if (json) return printJson(context.stdout, statusJson(info, now))
  print(context.stdout, statusLines(context, { info, now }))
}

/** The answer of `status --json`. */
export function statusJson({ workspace, host, device, disk }: SystemInfo, now: WorkspaceStatus) {
  return { workspace, host, device, ...now, disk }
}

interface Glance {
  info: SystemInfo
  now: WorkspaceStatus
}

function statusLines(context: Context, { info, now }: Glance): string[] {
  const sections: [title: string, lines: string[]][] = [
    ['Workspace', [info.workspace]],
    ['Host', [hostText(context, info)]],
    ['Runs', [runText(now)]],
    ['Training', now.trainings.map(trainingText)],
    ['Slurm', jobLines(now)],
    ['Depot', processLines(now)],
    ['Disk', [diskText(info)]],
  ]
  const width = Math.max(...sections.map(([title]) => title.length)) + 2
  return sections.flatMap(([title, lines]) =>
    lines.map((line, index) => context.style.faint((index === 0 ? title : '').padEnd(width)) + line),
  )
}

function hostText(context: Context, { host, device }: SystemInfo): string {
  if (host === null)
    return `not running: nothing is queued or collected. ${calledAs(context)} run FILE or ${calledAs(context)} serve starts one`
  const { pid, startedAt, executor, parallel } = host
  const atOnce = executor === 'local' ? `${atOnceWords(parallel)}, ` : ''
  const where = executor !== 'local' || device === null ? '' : ` (${deviceInWords(device)})`
  return `process ${pid} since ${when(startedAt)}; trains ${atOnce}${executorWords[executor].trains}${where}`
}

const atOnceWords = (parallel: Parallel): string =>
  parallel === 'auto' ? 'as many runs at once as fit' : `${plural(parallel, 'run')} at once`

function runText({ runs }: WorkspaceStatus): string {
  const { running, queued, paused, stopped, failed, done } = runs
  const parts = [
    [running, 'training'],
    [queued, 'waiting'],
    [paused, 'paused'],
    [stopped, 'stopped'],
    [failed, 'failed'],
    [done, 'done'],
  ] as const
  const shown = parts.filter(([number]) => number > 0).map(([number, word]) => `${count(number)} ${word}`)
  return shown.length === 0 ? 'none' : shown.join(', ')
}

function trainingText({ run, phase }: WorkspaceStatus['trainings'][number]): string {
  if (phase === null) return `${run.name}  evaluating`
  const { name, epochs, maxEpochs, imagesPerSecond, secondsLeftAtMost } = phase
  const speed = imagesPerSecond === null ? [] : [`${count(imagesPerSecond)} samples/s`]
  const end =
    secondsLeftAtMost === null
      ? []
      : [`at most ${duration(secondsLeftAtMost)}, until ${when(Date.now() + 1000 * secondsLeftAtMost)}`]
  const epoch = `epoch ${Math.min(epochs + 1, maxEpochs)}/${maxEpochs}`
  return [run.name, name, epoch, ...speed, ...end].join('  ')
}

/** Jobs that are listed one by one; of an array of thousands, the others are counted. */
const listedJobs = 20

function jobLines({ slurm }: WorkspaceStatus): string[] {
  if (slurm === null) return []
  const lines = slurm.jobs.slice(0, listedJobs).map((job) => `job ${job.id}  ${jobState(job)}  ${job.run}, ${job.name}`)
  const others = slurm.jobs.length - lines.length
  if (others > 0) lines.push(`and ${plural(others, 'more job')}`)
  if (slurm.problem !== null) lines.push(...messageLines(slurm.problem))
  return lines.length === 0 ? ['no jobs'] : lines
}

function processLines({ external }: WorkspaceStatus): string[] {
  if (external === null) return []
  const lines = external
    .slice(0, listedJobs)
    .map(({ run, name, process }) => `${run}, ${name}  ${process ?? 'no process'}`)
  const others = external.length - lines.length
  if (others > 0) lines.push(`and ${plural(others, 'more phase')}`)
  return lines.length === 0 ? ['no phases to be trained'] : lines
}

function diskText({ disk }: SystemInfo): string {
  const { checkpointBytes, evaluationBytes, analysisBytes, tokenBytes, freeBytes } = disk
  return `${bytes(checkpointBytes + evaluationBytes + analysisBytes + tokenBytes)} used, ${bytes(freeBytes)} free`
}
