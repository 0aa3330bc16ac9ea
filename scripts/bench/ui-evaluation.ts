import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { stream, type Stream } from '../../src/engine/random.ts'
import type { Store } from '../../src/main/store/open.ts'
import { evaluationFile } from '../../src/main/store/workspace.ts'
import { encodeSafetensors, type NamedArray } from '../../src/shared/safetensors/safetensors.ts'

export interface EvaluationSize {
  exits: number
  classes: number
  samples: Record<'validation' | 'test', number>
  /** How sure the first exit is, and how much surer the last. Default: 1 and 2. */
  sureness?: [first: number, last: number]
}

/** Writes made-up logits of a phase's exits, later exits being right more often, as a trainer would. */
export function writeEvaluation(
  store: Store,
  phaseId: string,
  { exits, classes, samples, sureness = [1, 2] }: EvaluationSize,
): void {
  const source = stream(1, phaseId)
  const arrays: Record<string, NamedArray> = {}
  const accuracies = { validation: [] as number[], test: [] as number[] }
  for (const split of ['validation', 'test'] as const) {
    const labels = Int32Array.from({ length: samples[split] }, (_, sample) => sample % classes)
    const logits = new Float32Array(exits * labels.length * classes)
    for (let exit = 0; exit < exits; exit++) {
      const rows = logits.subarray(exit * labels.length * classes, (exit + 1) * labels.length * classes)
      accuracies[split].push(
        fill(rows, labels, { classes, source, sureness: sureness[0] + ((sureness[1] - sureness[0]) * exit) / exits }) /
          labels.length,
      )
    }
    arrays[`${split}.logits`] = { shape: [exits, labels.length, classes], values: logits }
    arrays[`${split}.labels`] = { shape: [labels.length], values: labels }
    arrays[`${split}.indices`] = { shape: [labels.length], values: labels.map((_, sample) => sample) }
  }
  const metrics = { validation: { accuracy: accuracies.validation }, test: { accuracy: accuracies.test } }
  const bytes = encodeSafetensors(arrays, { content: 'evaluation' })
  const file = evaluationFile(store.workspace, phaseId)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  store.evaluations.put({ phaseId, file: relative(store.workspace.folder, file), sha256, metrics, createdAt: 1 })
}

interface Drawn {
  classes: number
  source: Stream
  sureness: number
}

/** @returns how many rows are right. */
function fill(rows: Float32Array, labels: Int32Array, { classes, source, sureness }: Drawn): number {
  let right = 0
  for (const [sample, label] of labels.entries()) {
    const row = rows.subarray(sample * classes, (sample + 1) * classes)
    for (let index = 0; index < classes; index++) row[index] = 2 * source.uniform() - 1
    row[label]! += 3 * sureness * source.uniform() - 0.5
    if (row[label] === Math.max(...row)) right++
  }
  return right
}
