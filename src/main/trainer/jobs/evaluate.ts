import { dirname } from 'node:path'
import type { EvaluatedSplit } from '../../../shared/data/data.ts'
import { emptyClassesOf } from '../../../shared/evaluation/empty-classes.ts'
import { stretchesOf, type OutputsSource } from '../../../shared/evaluation/outputs-source.ts'
import type { ExitMetrics, SplitMetrics } from '../../../shared/runs/runs.ts'
import {
  createEvaluation,
  createModelState,
  createNetwork,
  eachBatch,
  taskOf,
  withDisposables,
  type SampleSet,
} from '../../../engine/index.ts'
import { fillDurably } from '../../../files/durable-file.ts'
import { makeInnerFolder } from '../../../files/make-folders.ts'
import { leftOutKey, readEvaluation } from '../../../files/evaluation-file.ts'
import { evaluationBatches } from '../batches.ts'
import { readWeights } from '../checkpoints/codec.ts'
import { beginEvaluation, type EvaluationLayout, type EvaluationWriter } from '../evaluation-writer.ts'
import type { LoadedDataset } from '../data/open-dataset.ts'
import type { Job, JobContext, JobOf } from './job.ts'

/** Runs every exit over the validation, calibration and test samples, and writes their outputs. */
export const evaluate: Job<'evaluate'> = async (job, context) => {
  const weights = await readWeights(job.checkpoint)
  const dataset = await context.datasets.load(job)
  context.tensorFlow()
  await makeInnerFolder(dirname(job.outputFile))
  const written = await fillDurably(job.outputFile, async (file) => {
    const writer = await beginEvaluation(file, layoutOf(job, dataset))
    const isWhole = await evaluateSplits(job, { weights, dataset, writer, shouldPause: context.shouldPause })
    if (!isWhole) return null
    const empty = emptyClassesOf(dataset.description)
    return {
      ...(await metricsOf(job, await readEvaluation(file, job.outputFile))),
      ...(empty && { emptyClasses: empty }),
    }
  })
  if (written === null) return { type: 'paused' }
  return { type: 'evaluated', file: job.outputFile, sha256: written.sha256, metrics: written.filled }
}

function layoutOf({ network, checkpoint, dataset: fingerprint }: JobOf<'evaluate'>, dataset: LoadedDataset) {
  const { description } = dataset
  return {
    exitCount: network.exits.length + 1,
    classCount: network.classes,
    targets: taskOf(network).targets === Int32Array ? 'labels' : 'targets',
    sampleCounts: Object.fromEntries(evaluatedSets(dataset).map(([split, set]) => [split, set.count])),
    metadata: {
      content: 'evaluation',
      phase: checkpoint.phaseId,
      weights: checkpoint.sha256,
      dataset: fingerprint,
      ...(description.kind === 'images' &&
        description.leftOut && { [leftOutKey]: JSON.stringify(description.leftOut) }),
    },
  } satisfies EvaluationLayout
}

/** Samples that are evaluated, in the order in which the file has them. */
function evaluatedSets({ validation, calibration, test }: LoadedDataset): [EvaluatedSplit, SampleSet][] {
  const sets = { validation, ...(calibration && { calibration }), test }
  return Object.entries(sets) as [EvaluatedSplit, SampleSet][]
}

interface Evaluated extends Pick<JobContext, 'shouldPause'> {
  weights: Awaited<ReturnType<typeof readWeights>>
  dataset: LoadedDataset
  writer: EvaluationWriter
}

/** False where the job is to pause. */
async function evaluateSplits(
  { network: spec }: JobOf<'evaluate'>,
  { weights, dataset, writer, shouldPause }: Evaluated,
): Promise<boolean> {
  const network = createNetwork(spec)
  const state = createModelState(network, weights)
  const exits = network.exits.map(({ exit }) => exit)
  const evaluation = createEvaluation(network, exits)
  return withDisposables([evaluation, state], async () => {
    for (const [split, set] of evaluatedSets(dataset)) {
      const batches = evaluationBatches(set, spec)
      const goesOn = async () => !shouldPause()
      const add = (outputs: Parameters<typeof writer.add>[1]) => writer.add(split, outputs)
      if (!(await eachBatch(evaluation, { state, batches, goesOn }, add))) return false
      await writer.finish(split, dataset.selection[split]!)
    }
    return true
  })
}

/** Of what was written, in the order of its samples. */
async function metricsOf(
  job: JobOf<'evaluate'>,
  outputs: Record<'validation' | 'test', OutputsSource>,
): Promise<SplitMetrics> {
  return {
    validation: await exitMetrics(job, outputs.validation),
    test: await exitMetrics(job, outputs.test),
  }
}

/** By name, exit by exit. */
async function exitMetrics({ network }: JobOf<'evaluate'>, outputs: OutputsSource): Promise<ExitMetrics> {
  const task = taskOf(network)
  const meter = task.createMeter({ exitCount: outputs.exitCount, width: outputs.classCount })
  for await (const { logits, targets } of stretchesOf(outputs)) meter.add(logits, targets)
  const exits = meter.values()
  return Object.fromEntries(Object.keys(task.info.metrics).map((name) => [name, exits.map((each) => each[name]!)]))
}
