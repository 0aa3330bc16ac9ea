import type { ExitMetric } from '../../shared/phases/phase-events.ts'
import type { Task } from '../tasks/index.ts'
import type { State, StateValues } from '../tf.ts'

/**
 * What is added up over the training batches of an epoch, so that an interrupted epoch reports the same metrics: the task's sums
 * for each exit of the phase's network, and `samples`, those that the exit has seen: one that does not run in every step sees fewer.
 */
export type EpochSums = { lossSums: number[]; samples: number[] } & Record<string, number[]>

/** Sums of an epoch before its first step. */
export function emptySums({ sums }: Task, exitCount: number): EpochSums {
  return Object.fromEntries([...sums, 'samples'].map((name) => [name, Array<number>(exitCount).fill(0)])) as EpochSums
}

/** Name of the state array that holds the sums on the device: [sums of the task, exits]. */
export const sumsName = 'running'

/** That array, going on from `sums`. */
export function sumsState(task: Task, sums: EpochSums): StateValues {
  const values = Float32Array.from(task.sums.flatMap((name) => sums[name]!))
  return { [sumsName]: { shape: [task.sums.length, sums.samples.length], values } }
}

/** The sums on the device, without `samples`. */
export async function readSums(task: Task, state: State): Promise<Omit<EpochSums, 'samples'>> {
  const values = Array.from(await state.read(sumsName))
  const exitCount = values.length / task.sums.length
  const rows = task.sums.map((name, row) => [name, values.slice(row * exitCount, (row + 1) * exitCount)])
  return Object.fromEntries(rows) as Omit<EpochSums, 'samples'>
}

export function clearSums(state: State): void {
  const [rows, exits] = state.shape(sumsName) as [number, number]
  state.write(sumsName, new Float32Array(rows * exits))
}

/** Training metrics over the batches so far, for exits that have run: in an epoch shorter than the loss cycle, not all have. */
export function trainingMetrics(task: Task, sums: EpochSums, exits: readonly number[]): ExitMetric[] {
  const ran = exits.filter((exit) => sums.samples[exit]! > 0)
  return ran.map((exit) => {
    const own = Object.fromEntries(task.sums.map((name) => [name, sums[name]![exit]!]))
    return { exit, split: 'train', values: task.metricsOf(own, sums.samples[exit]!) }
  })
}
