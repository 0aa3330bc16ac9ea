import { join } from 'node:path'
import { exitCodes } from '../../shared/exit-codes.ts'
import type { SlurmSettings } from '../../shared/slurm-settings.ts'

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
  return [
    '#!/bin/sh',
    'limit=',
    // First, as Slurm may signal as soon as the script runs, which would end it.
    "trap 'limit=1; kill -USR1 $task' USR1",
    'case "$SLURM_ARRAY_TASK_ID" in',
    ...cases,
    'esac',
    `${command.map(shellQuoted).join(' ')} ${gpus > 0 ? '--device cuda ' : ''}${shellQuoted(depot)} "$phase" &`,
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

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
