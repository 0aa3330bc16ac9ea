import { permutation, stream } from '../random.ts'
import type {
  BatchArray,
  EvaluationBatch,
  EvaluationBatches,
  TrainingBatch,
  TrainingBatches,
} from '../training/batch.ts'
import { batchSizeOf, stepsPerEpoch } from './batch-size.ts'
import { lastKept } from './last-kept.ts'
import { oneHot } from './one-hot.ts'
import { gatherTargets } from './targets.ts'
import { lengthOf, type TextSet } from './text-set.ts'

/** Tokens that a batch may be padded to, besides the longest text that the network takes: a traced function for each. */
const batchLengths = [16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072]

/** Tokens that a batch is padded to where its longest text has `length`. */
export function paddedLength(length: number, maxLength: number): number {
  return Math.min(maxLength, batchLengths.find((each) => each >= length) ?? maxLength)
}

/** How texts come together in training batches: by chance, or with others of about their length, which saves padding. */
type TextGrouping = 'random' | 'by-length'

interface TextBatchOptions {
  batchSize: number
  grouping: TextGrouping
  seed: number
  phaseId: string
}

/** Batches that texts are sorted within, where they are grouped by length. */
const sortedBatches = 50

/**
 * The training texts of a phase. Each epoch has its own order; texts behind the last full batch sit it out, unless there is no full
 * batch at all. Order and padding are functions of seed, phase and epoch, so that a resumed phase sees the same (method 5.4).
 */
export function createTextTrainingBatches(set: TextSet, options: TextBatchOptions): TrainingBatches {
  const { seed, phaseId, grouping } = options
  const batchOptions = { batchSize: options.batchSize, mixing: null }
  const size = batchSizeOf(set.count, batchOptions)
  const batchesPerEpoch = stepsPerEpoch(set.count, batchOptions)
  const orderOf = lastKept((epoch) => {
    const order = permutation(set.count, stream(seed, phaseId, 'shuffle', epoch)).subarray(0, batchesPerEpoch * size)
    if (grouping === 'random') return order
    return groupedByLength(order, {
      set,
      size,
      batchOrder: permutation(batchesPerEpoch, stream(seed, phaseId, 'batches', epoch)),
    })
  })
  return {
    batchesPerEpoch,
    batch(epoch, index) {
      const chosen = orderOf(epoch).subarray(index * size, (index + 1) * size)
      return { ...inputsOf(set, chosen, longest(set, chosen)), targets: targetsOf(set, chosen) }
    },
  }
}

interface Grouping {
  set: TextSet
  size: number
  /** Which batch comes when. */
  batchOrder: Int32Array
}

/** The texts of every 50 batches sorted by length, and the batches that come of it in an order of their own. */
function groupedByLength(order: Int32Array, { set, size, batchOrder }: Grouping): Int32Array {
  const sorted = order.slice()
  const span = sortedBatches * size
  for (let first = 0; first < sorted.length; first += span) {
    // Equal lengths keep the order that was drawn.
    sorted.set(
      order.slice(first, first + span).sort((a, b) => lengthOf(set, a) - lengthOf(set, b)),
      first,
    )
  }
  const grouped = new Int32Array(order.length)
  batchOrder.forEach((batch, place) => grouped.set(sorted.subarray(batch * size, (batch + 1) * size), place * size))
  return grouped
}

const longest = (set: TextSet, chosen: Int32Array) => {
  const length = chosen.reduce((most, position) => Math.max(most, lengthOf(set, position)), 1)
  return paddedLength(length, set.maxLength)
}

function targetsOf(set: TextSet, chosen: Int32Array): TrainingBatch['targets'] {
  const { labels, values } = gatherTargets(set, chosen)
  const { classes } = set
  return { values: values ?? oneHot(labels, classes), shape: [chosen.length, classes], dtype: 'float32' }
}

/** Token ids, 1 where there is a token, and segments, [texts, length] each; zeros behind the end of a text. */
function inputsOf(set: TextSet, chosen: Int32Array, length: number) {
  const rows = chosen.length
  const [ids, mask, segments] = [0, 1, 2].map(() => new Int32Array(rows * length)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ]
  chosen.forEach((position, row) => {
    const first = row * length
    const tokens = set.ids.subarray(set.starts[position], set.starts[position + 1])
    ids.set(tokens, first)
    mask.fill(1, first, first + tokens.length)
    segments.fill(1, first + set.firstLengths[position]!, first + tokens.length)
  })
  const array = (values: Int32Array) => ({ values, shape: [rows, length], dtype: 'int32' as const })
  return { inputs: { ids: array(ids), mask: array(mask), segments: array(segments) }, size: rows }
}

/** All texts of a split as a network reads them, in their order, padded to the longest. */
export function textInputs(set: TextSet): Record<'ids' | 'mask' | 'segments', BatchArray> {
  const positions = Int32Array.from(set.labels.keys())
  const longest = positions.reduce((most, position) => Math.max(most, lengthOf(set, position)), 1)
  return inputsOf(set, positions, longest).inputs
}

/** Texts of an evaluation batch at most, and tokens of it with its padding at most: attention takes memory by the square of a text's length. */
const mostTexts = 128
const mostTokens = 8192

/**
 * All texts of a split in batches of others of about their length; each batch says which texts it holds. Full
 * batches of one length have as many.
 */
export function createTextEvaluationBatches(set: TextSet): EvaluationBatches {
  const order = Int32Array.from(set.labels.keys()).sort((a, b) => lengthOf(set, a) - lengthOf(set, b))
  const batches = evaluationPlan(set, order)
  return {
    batchCount: batches.length,
    sampleCount: set.count,
    batch: (index) => evaluationBatch(set, batches[index]!),
  }
}

interface PlannedBatch {
  /** Positions of its texts in the split. */
  samples: Int32Array
  rows: number
  length: number
}

function evaluationPlan(set: TextSet, order: Int32Array): PlannedBatch[] {
  const byLength = Map.groupBy(order, (position) => paddedLength(lengthOf(set, position), set.maxLength))
  return [...byLength].flatMap(([length, positions]) => {
    const rows = Math.max(1, Math.min(mostTexts, Math.floor(mostTokens / length), positions.length))
    return Array.from({ length: Math.ceil(positions.length / rows) }, (_, batch) => ({
      samples: Int32Array.from(positions.slice(batch * rows, (batch + 1) * rows)),
      rows,
      length,
    }))
  })
}

function evaluationBatch(set: TextSet, { samples, rows, length }: PlannedBatch): EvaluationBatch {
  const { labels, values = labels } = gatherTargets(set, samples)
  return { ...inputsOf(set, samples, length), fullSize: rows, targets: values, samples }
}

/** Texts in order, all padded to `length`, in batches of one shape, for analyses of features. */
export function createUniformTextBatches(set: TextSet, length: number): EvaluationBatches {
  const rows = Math.max(1, Math.min(mostTexts, Math.floor(mostTokens / length), set.count))
  const positions = Int32Array.from(set.labels.keys())
  return {
    batchCount: Math.ceil(set.count / rows),
    sampleCount: set.count,
    batch(index) {
      const samples = positions.subarray(index * rows, (index + 1) * rows)
      return evaluationBatch(set, { samples, rows, length })
    },
  }
}
