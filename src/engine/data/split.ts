import type { DataSpec } from '../../shared/data/data.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { permutation, stream } from '../random.ts'
import type { Selection } from './sample-set.ts'
import { gatherTargets, targetsOf, type SplitTargets, type Targets } from './targets.ts'
import { valueGroups } from './value-groups.ts'

/** Not the seed of a run nor of the validation split: a subset stays the same under both. */
const subsetSeed = 0

/** Positions of each class, ascending. */
function positionsByClass(labels: Int32Array, classes: number): number[][] {
  const positions = Array.from({ length: classes }, (): number[] => [])
  labels.forEach((label, position) => positions[label]!.push(position))
  return positions
}

/** `total` in equal shares; shares that a class cannot fill go to the others, the remainder to the first ones. */
export function equalShares(counts: readonly number[], total: number): number[] {
  const shares = counts.map(() => 0)
  let left = Math.min(
    total,
    counts.reduce((sum, count) => sum + count, 0),
  )
  while (left > 0) {
    const open = [...counts.keys()].filter((index) => shares[index]! < counts[index]!)
    const each = Math.max(1, Math.floor(left / open.length))
    for (const index of open) {
      const given = Math.min(each, counts[index]! - shares[index]!, left)
      shares[index]! += given
      left -= given
    }
  }
  return shares
}

/** `share` of the positions, drawn by a stream of `seed`, ascending; a smaller share is part of a larger one. */
function draw(
  positions: readonly number[],
  share: number,
  [seed, ...path]: [number, ...(string | number)[]],
): number[] {
  const order = permutation(positions.length, stream(seed, ...path))
  return Array.from(order.subarray(0, share), (position) => positions[position]!).sort((a, b) => a - b)
}

/** Positions of at most `limit` images, the classes in equal shares as far as they go; ascending. null: all. */
export function limited(labels: Int32Array, limit: number | null, classes: number): Int32Array {
  if (limit === null || limit >= labels.length) return Int32Array.from(labels.keys())
  const positions = positionsByClass(labels, classes)
  const shares = equalShares(
    positions.map(({ length }) => length),
    limit,
  )
  const drawn = positions.flatMap((each, label) => draw(each, shares[label]!, [subsetSeed, 'limit', label]))
  return Int32Array.from(drawn).sort()
}

/** Positions of training and test samples. */
export type Pool = Pick<Selection, 'train' | 'test'>

interface Stratified extends SplitTargets {
  classNames: readonly string[]
}

/** Positions of training and test samples within the limits; ascending. */
export function limitSamples({ classNames, ...targets }: Stratified, { limit }: DataSpec): Pool {
  const select = (split: 'train' | 'test') => {
    const strata = strataOf(targetsOf(targets, split))
    return limited(strata, limit[split], strataCount(strata, classNames))
  }
  return { train: select('train'), test: select('test') }
}

/**
 * Applies the limits, then holds validation samples back: a share of the limited training samples, stratified by label or by
 * groups of similar values and drawn by the split's own seed, the same for every regime and run seed (method 5.1). Calibration
 * samples are drawn alike from what is left: validation samples are the same with and without them.
 * `pool`: the samples within the limits, where some of them are left out.
 * @throws ExitlabError `data` where a class has too few samples.
 */
export function selectSamples(source: Stratified, data: DataSpec, pool = limitSamples(source, data)): Selection {
  const { classNames, ...targets } = source
  const { train, test } = pool
  const strata = strataOf(gatherTargets(targetsOf(targets, 'train'), train))
  const positions = positionsByClass(strata, strataCount(strata, classNames))
  positions.forEach(({ length }, label) => checkEnough(length, classNames[label] ?? '', data.limit.train))
  if (test.length === 0) throw new ExitlabError('data', 'data.path: the data set has no test samples')
  const held = holdBack(positions, { ...data.validation, name: 'validation' })
  const validation = train.filter((_, position) => held.has(position))
  if (!data.calibration) return { train: train.filter((_, position) => !held.has(position)), validation, test }
  const { fraction, seed } = data.calibration
  const left = positions.map((each) => each.filter((position) => !held.has(position)))
  const ofLeft = (fraction * train.length) / (train.length - held.size)
  if (ofLeft >= 1) throw nothingToTrainOn(data.validation.fraction, fraction)
  const calibrated = holdBack(left, { fraction: ofLeft, seed, name: 'calibration' })
  return {
    train: train.filter((_, position) => !held.has(position) && !calibrated.has(position)),
    validation,
    calibration: train.filter((_, position) => calibrated.has(position)),
    test,
  }
}

/** A share of the samples of each stratum, drawn by a stream of the split. */
function holdBack(
  strata: readonly (readonly number[])[],
  { fraction, seed, name }: { fraction: number; seed: number; name: string },
): Set<number> {
  const shares = heldBackShares(
    strata.map(({ length }) => length),
    fraction,
  )
  return new Set(strata.flatMap((each, label) => draw(each, shares[label]!, [seed, name, label])))
}

function nothingToTrainOn(validation: number, calibration: number): ExitlabError {
  return new ExitlabError(
    'data',
    `data.calibration.fraction: ${calibration} for calibration and ${validation} for validation leave no samples to train on; expected fractions that are below 1 together`,
  )
}

/** Positions of the data set's own training samples that are used: trained on, or held back; ascending. */
export function usedTraining({ train, validation, calibration = new Int32Array() }: Selection): Int32Array {
  return Int32Array.from([...train, ...validation, ...calibration]).sort()
}

/** Labels, or groups of similar values. */
const strataOf = ({ labels, values }: Targets) => (values ? valueGroups(values) : labels)

/** Number of strata: a class may have no sample. */
function strataCount(strata: Int32Array, classNames: readonly string[]): number {
  return strata.reduce((most, stratum) => Math.max(most, stratum + 1), classNames.length)
}

/**
 * How many images of each class are held back: the rounded share of all, given to the classes by largest remainder.
 * Each class keeps one image to train on.
 */
export function heldBackShares(counts: readonly number[], fraction: number): number[] {
  const total = Math.max(1, Math.round(fraction * counts.reduce((sum, count) => sum + count, 0)))
  const quotas = counts.map((count) => Math.min(fraction * count, count - 1))
  const shares = quotas.map(Math.floor)
  const missing = total - shares.reduce((sum, share) => sum + share, 0)
  const byRemainder = [...quotas.keys()]
    .filter((label) => shares[label]! < counts[label]! - 1)
    .sort((a, b) => quotas[b]! - shares[b]! - (quotas[a]! - shares[a]!) || a - b)
  for (const label of byRemainder.slice(0, Math.max(0, missing))) shares[label]!++
  return shares
}

function checkEnough(count: number, name: string, limit: number | null): void {
  if (count >= 2) return
  const remedy = limit === null ? 'add samples of it to data.path' : `raise data.limit.train (it is ${limit})`
  throw new ExitlabError(
    'data',
    `${name === '' ? 'the data set' : `class ${name}`} has ${count === 0 ? 'no training samples' : 'a single training sample'}; every class needs two or more, ` +
      `one for training and one for validation: ${remedy}`,
  )
}
