import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ExitOutputs } from '../../../shared/evaluation.ts'
import type { ExitMetrics } from '../../../shared/runs.ts'
import type { NamedArray } from '../../../shared/safetensors.ts'
import { encodeSafetensors } from '../../../shared/safetensors.ts'
import type { Selection } from '../../engine/index.ts'
import {
  createEvaluation,
  createModelState,
  createNetwork,
  withDisposables,
  evaluateExits,
  scoresOf,
  taskOf,
} from '../../engine/index.ts'
import { evaluationBatches } from '../batches.ts'
import { decodeWeights } from '../checkpoints/codec.ts'
import { readCheckpoint } from '../checkpoints/checkpoint-file.ts'
import type { LoadedDataset } from '../load-dataset.ts'
import { writeDurably } from '../../files/durable-file.ts'
import type { Job, JobContext, JobOf } from './job.ts'

type Splits = Record<'validation' | 'test', ExitOutputs>

/** Runs every exit over the validation and the test images, and writes their outputs. */
export const evaluate: Job<'evaluate'> = async (job, context) => {
  const { phaseId, file } = job.checkpoint
  const weights = decodeWeights(phaseId, await readCheckpoint(job.checkpoint), file)
  const dataset = await context.datasets.load(job)
  const { selection } = dataset
  context.tensorFlow()
  const splits = await evaluateSplits(job, { weights, dataset, shouldPause: context.shouldPause })
  if (splits === null) return { type: 'paused' }
  await mkdir(dirname(job.outputFile), { recursive: true })
  const outputs = { ...splits, indices: selection }
  const { sha256 } = await writeDurably(job.outputFile, encodeOutputs(job, outputs))
  return {
    type: 'evaluated',
    file: job.outputFile,
    sha256,
    metrics: { validation: metricsOf(job, splits.validation), test: metricsOf(job, splits.test) },
  }
}

interface Evaluated extends Pick<JobContext, 'shouldPause'> {
  weights: ReturnType<typeof decodeWeights>
  dataset: LoadedDataset
}

/** Null where the job is to pause. */
async function evaluateSplits(
  { network: spec }: JobOf<'evaluate'>,
  { weights, dataset, shouldPause }: Evaluated,
): Promise<Splits | null> {
  const network = createNetwork(spec)
  const state = createModelState(network, weights)
  const exits = network.exits.map(({ exit }) => exit)
  const evaluation = createEvaluation(network, exits)
  const outputsOf = (split: keyof Splits) =>
    evaluateExits(evaluation, {
      state,
      batches: evaluationBatches(dataset[split], spec),
      goesOn: async () => !shouldPause(),
    })
  return withDisposables([evaluation, state], async () => {
    const validation = await outputsOf('validation')
    const test = validation && (await outputsOf('test'))
    return test && { validation: validation!, test }
  })
}

/** Its metadata names phase, weights and data set, so that it is not taken for another evaluation. */
function encodeOutputs(
  { checkpoint, dataset }: JobOf<'evaluate'>,
  { validation, test, indices }: Splits & { indices: Selection },
): Uint8Array {
  return encodeSafetensors(
    { ...arraysOf('validation', validation, indices), ...arraysOf('test', test, indices) },
    { content: 'evaluation', phase: checkpoint.phaseId, weights: checkpoint.sha256, dataset },
  )
}

function arraysOf(split: keyof Splits, outputs: ExitOutputs, indices: Selection): Record<string, NamedArray> {
  const { exitCount, sampleCount, classCount, logits, targets } = outputs
  return {
    [`${split}.logits`]: { shape: [exitCount, sampleCount, classCount], values: logits },
    [`${split}.${targets instanceof Int32Array ? 'labels' : 'targets'}`]: { shape: [sampleCount], values: targets },
    [`${split}.indices`]: { shape: [sampleCount], values: indices[split] },
  }
}

/** By name, exit by exit. */
function metricsOf({ network }: JobOf<'evaluate'>, outputs: ExitOutputs): ExitMetrics {
  const task = taskOf(network)
  const exits = scoresOf(task, outputs)
  return Object.fromEntries(Object.keys(task.info.metrics).map((name) => [name, exits.map((each) => each[name]!)]))
}
