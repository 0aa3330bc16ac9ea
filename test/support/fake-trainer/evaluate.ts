import { createHash } from 'node:crypto'
import type { ExitOutputs } from '../../../src/shared/evaluation/evaluation.ts'
import type { SplitMetrics } from '../../../src/shared/runs/runs.ts'
import { pearson, spearman } from '../../../src/engine/evaluation/correlation.ts'
import type { EvaluateJob } from '../../../src/contract/experiment/trainer-jobs.ts'
import type { TrainerEvent } from '../../../src/shared/phases/trainer-events.ts'
import { encodeSafetensors } from '../../../src/shared/safetensors/safetensors.ts'
import { checkWeights } from '../../../src/main/trainer/checkpoints/codec.ts'
import { readCheckpoint } from '../../../src/main/trainer/checkpoints/checkpoint-file.ts'
import { writeDurably } from '../../../src/files/durable-file.ts'
import { checkDataset } from './dataset.ts'
import { readScript, writeScript } from './script.ts'

/** Logits drawn from the weights' hash: later exits are right more often. */
export async function evaluate(job: EvaluateJob, folder: string): Promise<TrainerEvent> {
  const { network, checkpoint, dataset, outputFile } = job
  const script = readScript(folder)
  const { counts } = checkDataset(job, script.imagesVersion)
  const weights = await readCheckpoint(checkpoint)
  checkWeights(checkpoint.phaseId, weights, checkpoint.file)
  const seed = createHash('sha256').update(weights).digest()
  const exits = network.exits.length + 1
  if (network.task) return evaluateValues(job, { counts, exits, seed })
  const { classes } = network
  const metrics = { validation: { accuracy: [] as number[] }, test: { accuracy: [] as number[] } }
  const arrays: Parameters<typeof encodeSafetensors>[0] = {}
  const filled = arrays as Record<string, (typeof arrays)[string]>
  for (const split of ['validation', 'test'] as const) {
    const count = counts[split]
    const labels = Int32Array.from({ length: count }, (_, sample) => sample % classes)
    const logits = new Float32Array(exits * count * classes)
    for (let exit = 0; exit < exits; exit++) {
      let right = 0
      for (let sample = 0; sample < count; sample++) {
        const draw = seed[(7 * exit + sample) % seed.length]! / 255
        const correct = draw < (exit + 1) / exits
        const chosen = correct ? labels[sample]! : (labels[sample]! + 1) % classes
        logits[(exit * count + sample) * classes + chosen] = 1 + 3 * draw
        if (correct) right++
      }
      metrics[split].accuracy.push(right / count)
    }
    if (script.notFinite > 0) logits[0] = NaN
    filled[`${split}.logits`] = { shape: [exits, count, classes], values: logits }
    filled[`${split}.labels`] = { shape: [count], values: labels }
    filled[`${split}.indices`] = { shape: [count], values: labels.map((_, sample) => 2 * sample) }
  }
  if (script.notFinite > 0) writeScript(folder, { ...script, notFinite: script.notFinite - 1 })
  const metadata = { content: 'evaluation', phase: checkpoint.phaseId, weights: checkpoint.sha256, dataset }
  const { sha256 } = await writeDurably(outputFile, encodeSafetensors(arrays, metadata))
  return { type: 'evaluated', file: outputFile, sha256, metrics }
}

/** Predictions beside the values 0, 1, 2, … 9, 0, …, by less at later exits. */
async function evaluateValues(
  { checkpoint, dataset, outputFile }: EvaluateJob,
  { counts, exits, seed }: { counts: Record<'validation' | 'test', number>; exits: number; seed: Buffer },
): Promise<TrainerEvent> {
  const arrays: Record<string, Parameters<typeof encodeSafetensors>[0][string]> = {}
  const measured = (['validation', 'test'] as const).map((split) => {
    const count = counts[split]
    const targets = Float32Array.from({ length: count }, (_, sample) => sample % 10)
    const logits = Float32Array.from({ length: exits * count }, (_, at) => {
      const [exit, sample] = [Math.floor(at / count), at % count]
      return targets[sample]! + ((seed[sample % seed.length]! - 128) / 64) * (exits - exit)
    })
    arrays[`${split}.logits`] = { shape: [exits, count, 1], values: logits }
    arrays[`${split}.targets`] = { shape: [count], values: targets }
    arrays[`${split}.indices`] = { shape: [count], values: Int32Array.from(targets.keys()) }
    const outputs = { exitCount: exits, sampleCount: count, classCount: 1, logits, targets }
    return { [split]: metricsOf(outputs) }
  })
  const metadata = { content: 'evaluation', phase: checkpoint.phaseId, weights: checkpoint.sha256, dataset }
  const { sha256 } = await writeDurably(outputFile, encodeSafetensors(arrays, metadata))
  return { type: 'evaluated', file: outputFile, sha256, metrics: Object.assign({}, ...measured) as SplitMetrics }
}

function metricsOf(outputs: ExitOutputs): SplitMetrics['test'] {
  const { exitCount, sampleCount, logits, targets } = outputs
  const rows = Array.from({ length: exitCount }, (_, exit) =>
    logits.subarray(exit * sampleCount, (exit + 1) * sampleCount),
  )
  const mse = rows.map((row) => row.reduce((sum, each, i) => sum + (each - targets[i]!) ** 2, 0) / sampleCount)
  const correlations = { pearson: rows.map((row) => pearson(row, targets)), spearman: rows.map((row) => spearman(row, targets)) } // prettier-ignore
  return { mse, ...correlations }
}
