import type { FileHandle } from 'node:fs/promises'
import type { EvaluatedSplit } from '../../shared/data/data.ts'
import type { Targets } from '../../shared/evaluation/evaluation.ts'
import { startSafetensors, type ArrayType, type SafetensorsStart } from '../../shared/safetensors/safetensors.ts'
import { writeAt } from '../../files/pieces.ts'
import type { BatchOutputs } from '../../engine/index.ts'

export interface EvaluationLayout {
  exitCount: number
  classCount: number
  /** Whether targets are classes, or values. */
  targets: 'labels' | 'targets'
  /** Of the splits that are evaluated. */
  sampleCounts: Partial<Record<EvaluatedSplit, number>>
  /** Names phase, weights and data set, so that it is not taken for another evaluation. */
  metadata: Record<string, string>
}

/** An evaluation that is written batch by batch: its logits may be larger than memory. */
export interface EvaluationWriter {
  add(split: EvaluatedSplit, outputs: BatchOutputs): Promise<void>
  /** Writes the targets and positions of a split whose batches are all added. */
  finish(split: EvaluatedSplit, indices: Int32Array): Promise<void>
}

/** Begins an evaluation in an empty file. */
export async function beginEvaluation(file: FileHandle, layout: EvaluationLayout): Promise<EvaluationWriter> {
  const start = startSafetensors(describe(layout), layout.metadata)
  await writeAt(file, start.header, 0)
  const splits = new Map(
    countsOf(layout).map(([split, sampleCount]) => [
      split,
      splitWriter(file, start, { ...layout, split, sampleCount }),
    ]),
  )
  return {
    add: (split, outputs) => splits.get(split)!.add(outputs),
    finish: (split, indices) => splits.get(split)!.finish(indices),
  }
}

const countsOf = ({ sampleCounts }: EvaluationLayout) => Object.entries(sampleCounts) as [EvaluatedSplit, number][]

function describe(layout: EvaluationLayout) {
  const { exitCount, classCount, targets } = layout
  const arrays: Record<string, { dtype: ArrayType; shape: readonly number[] }> = {}
  for (const [split, samples] of countsOf(layout)) {
    arrays[`${split}.logits`] = { dtype: 'F32', shape: [exitCount, samples, classCount] }
    arrays[`${split}.${targets}`] = { dtype: targets === 'labels' ? 'I32' : 'F32', shape: [samples] }
    arrays[`${split}.indices`] = { dtype: 'I32', shape: [samples] }
  }
  return arrays
}

function splitWriter(
  file: FileHandle,
  { positions }: SafetensorsStart,
  {
    split,
    sampleCount,
    exitCount,
    classCount,
    targets: kind,
  }: EvaluationLayout & { split: EvaluatedSplit; sampleCount: number },
) {
  const targets: Targets = kind === 'labels' ? new Int32Array(sampleCount) : new Float32Array(sampleCount)
  const pages = rowPages(file, {
    start: positions[`${split}.logits`]!,
    rowCount: exitCount * sampleCount,
    rowLength: classCount,
  })
  return {
    async add({ logits, targets: found, samples }: BatchOutputs) {
      samples.forEach((sample, row) => (targets[sample] = found[row]!))
      for (let exit = 0; exit < exitCount; exit++) {
        const from = (exit * logits.length) / exitCount
        for (const [row, sample] of samples.entries()) {
          const at = from + row * classCount
          await pages.put(exit * sampleCount + sample, logits.subarray(at, at + classCount))
        }
      }
    },
    async finish(indices: Int32Array) {
      await writeAt(file, bytesOf(targets), positions[`${split}.${kind}`]!)
      await writeAt(file, bytesOf(indices), positions[`${split}.indices`]!)
    },
  }
}

/** Numbers that are written at once: 1 MB. */
const pageNumbers = 2 ** 18

/**
 * Rows of an array that come in any order. They are written in pages, each once it is full: rows in order of the file need memory for
 * a page of each exit, and others, of texts that are sorted by length, have few classes.
 */
function rowPages(
  file: FileHandle,
  { start, rowCount, rowLength }: { start: number; rowCount: number; rowLength: number },
) {
  const pageRows = Math.max(1, Math.floor(pageNumbers / rowLength))
  const open = new Map<number, { values: Float32Array; missing: number }>()
  return {
    async put(row: number, values: Float32Array): Promise<void> {
      const page = Math.floor(row / pageRows)
      const first = page * pageRows
      const rows = Math.min(pageRows, rowCount - first)
      const held = open.get(page) ?? { values: new Float32Array(rows * rowLength), missing: rows }
      open.set(page, held)
      held.values.set(values, (row - first) * rowLength)
      if (--held.missing > 0) return
      open.delete(page)
      await writeAt(file, bytesOf(held.values), start + 4 * first * rowLength)
    },
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
