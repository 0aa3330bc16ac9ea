import type { DataSpec } from '../../shared/data/data.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { count as grouped } from '../../shared/format/numbers.ts'

interface BatchOptions {
  batchSize: number
  mixing: DataSpec['mixing']
}

/**
 * Images of a training step: no more than there are, and an even number where they are mixed, for every image has a mirror.
 * @throws ExitlabError `data` where images are to be mixed and there is none to mix with.
 */
export function batchSizeOf(count: number, { batchSize, mixing }: BatchOptions): number {
  const size = Math.min(batchSize, count)
  if (mixing === null) return size
  if (size >= 2) return size - (size % 2)
  throw new ExitlabError('data', `data.mixing needs a batch size of at least 2, got ${size}; switch mixing off`)
}

/** Steps of an epoch: whole batches; the images behind the last one sit the epoch out. */
export function stepsPerEpoch(count: number, options: BatchOptions): number {
  return Math.floor(count / batchSizeOf(count, options))
}

/** Reason why the number of images per step differs from the batch size; null if it does not. */
export function batchSizeCaveat(count: number, options: BatchOptions): string | null {
  const size = batchSizeOf(count, options)
  if (size === options.batchSize) return null
  const few = count < options.batchSize ? ` there are ${grouped(count)} training samples` : ''
  const odd =
    options.mixing !== null && Math.min(count, options.batchSize) % 2 === 1 ? ' data.mixing needs an even number' : ''
  return `training.batchSize is ${grouped(options.batchSize)}, but each step takes ${grouped(size)} samples:${[few, odd].filter(Boolean).join(', and')}.`
}
