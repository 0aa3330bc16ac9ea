import { join } from 'node:path'
import { exitCodes } from '../../../../shared/basics/exit-codes.ts'
import { visible } from '../../../../shared/text/visible.ts'
import type { SlurmSettings } from '../../../../shared/phases/slurm-settings.ts'

interface Batch {
  depot: string
  /** Phases by their index in the array. */
  tasks: ReadonlyMap<number, string>
  /** Program and arguments before `DEPOT ID`. */
  command: readonly string[]
}

/** Folder of the output of jobs in a depot. */
export const logFolder = (depot: string) => join(depot, 'logs')

/**
 * The script of an array of jobs. Before the time limit the shell receives SIGUSR1 (`--signal=B:USR1`), lets the training write its
 * checkpoint and queues the job again. SIGTERM, which cancels or preempts jobs, does not: Slurm or the host decides about that.
 * With `gpus` it trains on the card that Slurm shows it.
 */
export function batchScript({ gpus }: Pick<SlurmSettings, 'gpus'>, { depot, tasks, command }: Batch): string {
  const cases = [...tasks].map(([index, phase]) => `  ${index}) phase=${phase} ;;`)
  const words = [...command, depot].map(shellWord)
  const program = words.slice(0, -1).map(({ word }) => word)
  return [
    '#!/bin/sh',
    'limit=',
    // First, as Slurm may signal as soon as the script runs, which would end it.
    "trap 'limit=1; kill -USR1 $task' USR1",
    'case "$SLURM_ARRAY_TASK_ID" in',
    ...cases,
    'esac',
    ...words.flatMap(({ lines }) => lines),
    `${program.join(' ')} ${gpus > 0 ? '--device cuda ' : ''}${words.at(-1)!.word} "$phase" &`,
    'task=$!',
    "trap 'kill -TERM $task' TERM",
    'while :; do wait $task; code=$?; kill -0 $task 2>/dev/null || break; done',
    `if [ -n "$limit" ] && [ $code -eq ${exitCodes.requeue.code} ]; then scontrol requeue "$SLURM_JOB_ID"; fi`,
    'exit $code',
    '',
  ].join('\n')
}

/** Options of sbatch for an array. `after`: job of the array that each of its tasks waits for; `name`: by which it is found. */
export function batchOptions(
  { partition, account, time, cpus, gpus, signalSeconds, flags }: SlurmSettings,
  { depot, tasks, after, name }: Pick<Batch, 'depot' | 'tasks'> & { after: string | null; name: string },
): string[] {
  return [
    '--parsable',
    `--array=${[...tasks.keys()].join(',')}`,
    '--open-mode=append',
    '--requeue',
    `--signal=B:USR1@${signalSeconds}`,
    `--cpus-per-task=${cpus}`,
    ...(gpus > 0 ? [`--gpus=${gpus}`] : []),
    ...(partition === null ? [] : [`--partition=${partition}`]),
    ...(account === null ? [] : [`--account=${account}`]),
    ...(time === null ? [] : [`--time=${time}`]),
    ...(after === null ? [] : [`--dependency=aftercorr:${after}`, '--kill-on-invalid-dep=yes']),
    ...flags,
    // Behind the flags, so that none changes where jobs and the end of their output are found.
    `--job-name=${name}`,
    `--output=${join(logFolder(depot).replaceAll('%', '%%'), '%A_%a.log')}`,
  ]
}

/** A word of a command, and lines before it that it needs: characters that nobody sees stand in the script as their bytes. */
function shellWord(text: string, index: number): { word: string; lines: string[] } {
  const inQuotes = (words: string) => `'${words.replaceAll("'", `'\\''`)}'`
  if (visible(text) === text) return { word: inQuotes(text), lines: [] }
  const name = `word${index}`
  // The shell takes line breaks off the end of what it substitutes, so that the end is marked.
  const format = [...text].map((character) =>
    visible(character) === character ? escaped(character) : octal(character),
  )
  return {
    word: `"$${name}"`,
    lines: [`${name}=$(printf ${inQuotes(`${format.join('')}.`)})`, `${name}=\${${name}%.}`],
  }
}

/** A character as printf takes it. */
const escaped = (character: string): string => character.replace('\\', '\\\\').replace('%', '%%')

const octal = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
