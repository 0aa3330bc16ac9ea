import { resolve } from 'node:path'
import type { Command } from 'commander'
import { epochLine } from '../../../shared/phases/epoch-line.ts'
import { exitAt } from '../../../shared/evaluation/exit-id.ts'
import { plural } from '../../../shared/format/numbers.ts'
import type { PhaseDefinition } from '../../../contract/experiment/phase-definition.ts'
import type { TrainerEvent } from '../../../shared/phases/trainer-events.ts'
import { type Context, type Finish, print } from '../context.ts'
import { exitCodes } from '../../../shared/basics/exit-codes.ts'
import { positiveInteger, withDevice, withExamples } from '../options.ts'

interface TrainPhaseCommandOptions {
  threads?: number
  device?: string
}

export function addTrainPhase(program: Command, context: Context, finish: Finish): void {
  const command = program
    .command('train-phase')
    .description('train and evaluate one phase of a depot, as a job on a cluster does')
    .argument('<DEPOT>', 'folder of phases')
    .argument('<ID>', 'id of the phase, or its beginning')
    .option('--threads <N>', 'threads (default: those it began with, else all that the job has)', positiveInteger)
    .action((depot: string, id: string, options: TrainPhaseCommandOptions) =>
      trainPhaseAlone(context, { depot, id, options, finish }),
    )
  withExamples(withDevice(command, 'cpu'), [
    ['exitlab train-phase /nfs/depot 3f9c2a', 'resumes from its last checkpoint'],
  ])
}

interface TrainPhaseArguments {
  depot: string
  id: string
  options: TrainPhaseCommandOptions
  finish: Finish
}

async function trainPhaseAlone(
  context: Context,
  { depot: folder, id, options, finish }: TrainPhaseArguments,
): Promise<void> {
  const stop = new AbortController()
  const listeners = [context.onSignal(() => stop.abort()), context.onTimeLimit(() => stop.abort())]
  // Loaded only here to keep other commands fast.
  const [{ resolvePhase }, { readJob }, { createTaskPool, taskDefaults }, { trainPhase }] = await Promise.all([
    import('../../execution/depot/depot.ts'),
    import('../../execution/depot/phase-job.ts'),
    import('../../execution/executors/task.ts'),
    import('../../execution/executors/train-phase.ts'),
  ])
  const depot = resolve(context.workingFolder, folder)
  const phaseId = await resolvePhase(depot, id)
  const { definition } = await readJob(depot, phaseId)
  const { device = 'cpu', threads } = options
  const { environment, trainer: launch } = context
  await using pool = createTaskPool({ environment, device, threads, launch })
  const end = await trainPhase({
    ...taskDefaults(environment),
    pool,
    depot,
    phaseId,
    stop: stop.signal,
    heard: (event) => lineOf(event, definition).forEach((line) => print(context.stdout, line)),
  })
  for (const remove of listeners) remove()
  context.workDone()
  print(context.stdout, end === 'done' ? 'Done.' : 'A checkpoint is written. The same command resumes.')
  finish(end === 'done' ? exitCodes.success.code : exitCodes.requeue.code)
}

function lineOf(event: TrainerEvent, { network, training, phase }: PhaseDefinition): string[] {
  if (event.type === 'log') return [event.message]
  if (event.type === 'started') {
    const { epoch, step, threads } = event
    const how = step === 0 ? 'begins' : `resumes after epoch ${epoch}, step ${step}`
    return [`Phase “${phase.name}” ${how}, with ${plural(threads, 'thread')}.`]
  }
  if (event.type !== 'epoch') return []
  const heads = network.exits.length
  const metrics = event.metrics.map((each) => ({ ...each, epoch: event.epoch, exit: exitAt(each.exit, heads) }))
  return [epochLine({ record: event, metrics, maxEpochs: training.epochs, task: network.task })]
}
