import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { JobEnd, TrainerProcess } from '../../../../src/main/execution/trainer-pool/trainer-process.ts'
import type { TrainerJob, TrainJob } from '../../../../src/contract/experiment/trainer-jobs.ts'
import type { TrainerEvent, TrainerEventOf } from '../../../../src/shared/phases/trainer-events.ts'
import type { SubjectName } from './jobs.ts'
import { trainJob } from './jobs.ts'
import { writeTinyData } from './tiny-data.ts'
import type { Fault } from './trainer.ts'
import { startTestTrainer } from './trainer.ts'

/** How a job ended, and what was told before. */
export interface Told {
  end: JobEnd
  events: TrainerEvent[]
}

/** A phase that nobody disturbed. */
interface Undisturbed {
  job: TrainJob
  trained: TrainerEventOf<'trained'>
  epochs: TrainerEventOf<'epoch'>[]
  /** From its first step on. */
  milliseconds: number
}

/** A place to disturb phases in, and what comes of them when they are not. */
export interface Trial {
  root: string
  undisturbed: Record<SubjectName, Undisturbed>
  /** The training of a subject, with its checkpoints in a folder of this name. */
  job(name: SubjectName, folder: string): TrainJob
  /** Whatever happened on the way: weights and metrics are those of the undisturbed phase. */
  expectSame(told: Told, job: TrainJob): void
  end(): Promise<void>
}

export function ofType<Type extends TrainerEvent['type']>({ events }: Told, type: Type): TrainerEventOf<Type>[] {
  return events.filter((event): event is TrainerEventOf<Type> => event.type === type)
}

export async function run(
  trainer: TrainerProcess,
  job: TrainerJob,
  onEvent: (event: TrainerEvent, trainer: TrainerProcess) => void = () => {},
): Promise<Told> {
  const events: TrainerEvent[] = []
  const end = await trainer.run(job, (event) => {
    events.push(event)
    onEvent(event, trainer)
  })
  return { end, events }
}

/** Does a job with a trainer of its own. */
export async function runAlone(job: TrainerJob, onEvent?: Parameters<typeof run>[2], fault?: Fault): Promise<Told> {
  const trainer = startTestTrainer(fault)
  const told = await run(trainer, job, onEvent)
  await trainer.close()
  return told
}

/** Trains these subjects undisturbed. `vit` starts from the weights of `backbone`. */
export async function startTrial(names: readonly SubjectName[]): Promise<Trial> {
  const root = await mkdtemp(join(tmpdir(), 'exitlab-trainer-'))
  const dataPath = join(root, 'data')
  await writeTinyData(dataPath)
  const trainer = startTestTrainer()
  const undisturbed = {} as Trial['undisturbed']
  const dataset = await fingerprintOf(trainer, dataPath)
  const job = (name: SubjectName, folder: string) => {
    const parent = name === 'vit' ? { ...undisturbed.backbone.trained.checkpoint, phaseId: 'backbone' } : null
    // A phase's folder is made in one that is there.
    mkdirSync(join(root, folder), { recursive: true })
    return trainJob(name, { dataPath, dataset, folder: join(root, folder) }, parent)
  }
  for (const name of names) {
    undisturbed[name] = await trainUndisturbed(trainer, job(name, 'undisturbed'))
  }
  await trainer.close()
  return {
    root,
    undisturbed,
    job,
    expectSame: (told, { phaseId }) => expectSame(told, undisturbed[phaseId as SubjectName]),
    end: () => rm(root, { recursive: true }),
  }
}

async function fingerprintOf(trainer: TrainerProcess, dataPath: string): Promise<string> {
  const { data } = trainJob('resnet', { dataPath, dataset: '', folder: '' })
  const { end } = await run(trainer, { kind: 'describe', data, dataPath })
  return (end as TrainerEventOf<'described'>).dataset.fingerprint
}

async function trainUndisturbed(trainer: TrainerProcess, job: TrainJob): Promise<Undisturbed> {
  let began = 0
  const told = await run(trainer, job, ({ type }) => {
    if (type === 'started') began = performance.now()
  })
  expect(told.end).toMatchObject({ type: 'trained', epochs: job.training.epochs })
  const milliseconds = performance.now() - began
  return { job, trained: told.end as TrainerEventOf<'trained'>, epochs: ofType(told, 'epoch'), milliseconds }
}

function expectSame(told: Told, { trained, epochs }: Undisturbed): void {
  const { checkpoint, keptEpoch } = trained
  expect(told.end).toMatchObject({ type: 'trained', epochs: epochs.length, keptEpoch })
  expect((told.end as TrainerEventOf<'trained'>).checkpoint.sha256).toBe(checkpoint.sha256)
  expectSameEpochs(told, epochs)
}

/** What was told of each epoch is what was told of it when nothing happened. */
export function expectSameEpochs(told: Told, undisturbed: readonly TrainerEventOf<'epoch'>[]): void {
  for (const { epoch, metrics, dominance } of ofType(told, 'epoch')) {
    const expected = undisturbed[epoch - 1]!
    expect({ metrics, dominance }).toEqual({ metrics: expected.metrics, dominance: expected.dominance })
  }
}
