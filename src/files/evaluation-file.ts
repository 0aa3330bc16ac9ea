import type { FileHandle } from 'node:fs/promises'
import { type EvaluatedSplit, type LeftOutImages, leftOutImages } from '../shared/data/data.ts'
import { ExitlabError } from '../shared/basics/error.ts'
import type { OutputsSource } from '../shared/evaluation/outputs-source.ts'
import { indexSafetensors, type SafetensorsEntry } from '../shared/safetensors/safetensors-index.ts'
import { readRange } from './pieces.ts'

export interface EvaluatedOutputs {
  validation: OutputsSource
  /** null: no samples were held back for it. */
  calibration: OutputsSource | null
  test: OutputsSource
  /** Positions of the samples in the data set's own training samples and test samples; null where an earlier version evaluated. */
  indices: { validation: Int32Array; calibration: Int32Array | null; test: Int32Array } | null
  /** null: none. */
  leftOut: LeftOutImages | null
}

/** Entry of the metadata that has the images that were left out, as JSON. */
export const leftOutKey = 'left-out'

/** Of an evaluation it is a thousandth of that. */
const longestHeader = 1 << 20

/**
 * The evaluation in an open file, whose logits are read when they are asked for: those of 1,000 classes take gigabytes.
 * @throws ExitlabError `checkpoint-damaged`, with the path, where it is none.
 */
export async function readEvaluation(file: FileHandle, path: string): Promise<EvaluatedOutputs> {
  const { size } = await file.stat()
  const start = await readRange(file, 0, Math.min(size, longestHeader))
  const damaged = (problem: string) => new ExitlabError('checkpoint-damaged', `${path}: ${problem}`)
  const { entries: listed, metadata } = indexSafetensors(start, damaged, size)
  const entries = new Map(listed.map((entry) => [entry.name, entry]))
  const opened = { file, entries, path }
  const indices = {
    validation: await indicesOf(opened, 'validation'),
    calibration: await indicesOf(opened, 'calibration'),
    test: await indicesOf(opened, 'test'),
  }
  const { validation, test } = indices
  return {
    validation: await outputsOf(opened, 'validation'),
    calibration: entries.has('calibration.logits') ? await outputsOf(opened, 'calibration') : null,
    test: await outputsOf(opened, 'test'),
    indices: validation && test && { ...indices, validation, test },
    leftOut: leftOutOf(metadata[leftOutKey]),
  }
}

interface Opened {
  file: FileHandle
  entries: ReadonlyMap<string, SafetensorsEntry>
  path: string
}

const leftOutOf = (text: string | undefined) => (text === undefined ? null : leftOutImages.parse(JSON.parse(text)))

/** `<split>.indices` [samples]. */
async function indicesOf({ entries, ...opened }: Opened, split: EvaluatedSplit): Promise<Int32Array | null> {
  const entry = entries.get(`${split}.indices`)
  return entry?.dtype === 'I32' ? new Int32Array(await bytesAt(opened, entry.start, entry.end)) : null
}

/** `<split>.logits` [exits, samples, classes] and `<split>.labels` [samples], or `<split>.targets` of a regression. */
async function outputsOf({ file, entries, path }: Opened, split: EvaluatedSplit): Promise<OutputsSource> {
  const logits = entries.get(`${split}.logits`)
  const targets = entries.get(`${split}.labels`) ?? entries.get(`${split}.targets`)
  const [exitCount, sampleCount, classCount] = logits?.shape ?? []
  if (logits?.dtype !== 'F32' || classCount === undefined || !targets || targets.shape[0] !== sampleCount) {
    throw new ExitlabError(
      'checkpoint-damaged',
      `${path} is not an evaluation file: expected ${split}.logits [exits, samples, classes] and ${split}.labels or ${split}.targets [samples].`,
    )
  }
  const buffer = await bytesAt({ file, path }, targets.start, targets.end)
  const all = targets.dtype === 'I32' ? new Int32Array(buffer) : new Float32Array(buffer)
  const shape = { exitCount: exitCount!, sampleCount: sampleCount!, classCount }
  return sourceAt({ file, path, start: logits.start }, { ...shape, targets: all })
}

/** @throws ExitlabError `checkpoint-damaged` where the file has been cut short since its header was read. */
async function bytesAt({ file, path }: Omit<Opened, 'entries'>, start: number, end: number): Promise<ArrayBuffer> {
  const { buffer, length } = await readRange(file, start, end)
  if (length === end - start) return buffer
  throw new ExitlabError('checkpoint-damaged', `${path} was cut short while it was read.`)
}

/** Logits that begin at a position of a file. */
function sourceAt(
  { start, ...opened }: Omit<Opened, 'entries'> & { start: number },
  about: Omit<OutputsSource, 'samples' | 'exit'>,
): OutputsSource {
  const { exitCount, sampleCount, classCount, targets } = about
  const rows = async (first: number, count: number) => {
    const at = start + 4 * classCount * first
    return new Float32Array(await bytesAt(opened, at, at + 4 * classCount * count))
  }
  return {
    ...about,
    exit: async (exit) => ({
      ...about,
      exitCount: 1,
      firstExit: exit,
      logits: await rows(exit * sampleCount, sampleCount),
    }),
    async samples(first, count) {
      if (count === sampleCount) return { ...about, logits: await rows(0, exitCount * sampleCount) }
      const logits = new Float32Array(exitCount * count * classCount)
      for (let exit = 0; exit < exitCount; exit++) {
        logits.set(await rows(exit * sampleCount + first, count), exit * count * classCount)
      }
      const some = targets.subarray(first, first + count)
      return { exitCount, sampleCount: count, classCount, logits, targets: some, firstSample: first }
    },
  }
}
