import type { HostClient } from '../../contract/index.ts'
import type { EnrolledRun } from '../../contract/experiments.ts'
import { throwLocated } from '../host/experiments/file/locate-refusal.ts'
import type { Experiment } from '../host/experiments/file/read-experiment.ts'
import { type Context, print } from './context.ts'
import { type FollowOptions, followRuns } from './follow-runs.ts'
import { tellingActivity } from './progress/activity.ts'

interface TrainOptions extends FollowOptions {
  experiments: readonly Experiment[]
}

/**
 * Trains experiments to their end, or until the first Ctrl-C, which pauses them. Waits for runs that `pause --all` has paused: this
 * process may be the one that trains them once everything is resumed. @returns how they ended,
 * and the ids of the runs.
 */
export async function train(context: Context, client: HostClient, { experiments, ...options }: TrainOptions) {
  const say = (text: string) => options.quiet || print(context.stderr, text)
  const queued = await tellingActivity(client, say, () => queueRuns(client, experiments))
  const runs = queued.map(({ id }) => id)
  return { ...(await followRuns(context, client, { ...options, runs })), runs }
}

/** Queues what is not there yet and wakes what was paused, stopped or failed. */
async function queueRuns(client: HostClient, experiments: readonly Experiment[]): Promise<EnrolledRun[]> {
  const runs: EnrolledRun[] = []
  for (const experiment of experiments) {
    const created = client.experiments.create(experiment).catch((error: unknown) => throwLocated(error, experiment))
    runs.push(...(await created).runs)
  }
  const ids = (...statuses: EnrolledRun['status'][]) =>
    runs.filter(({ status }) => statuses.includes(status)).map(({ id }) => id)
  const [asleep, failed] = [ids('paused', 'stopped'), ids('failed')]
  if (asleep.length > 0) await client.runs.resume({ runs: asleep })
  if (failed.length > 0) await client.runs.retry({ runs: failed })
  return runs
}
