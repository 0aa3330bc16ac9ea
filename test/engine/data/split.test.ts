import { describe, expect, test } from 'vitest'
import { equalShares, heldBackShares, limited, selectSamples, usedTraining } from '../../../src/engine/data/split.ts'
import { dataSpec } from '../../../src/shared/data/data.ts'

const spec = (changes: object = {}) => dataSpec.parse({ source: 'cifar10', ...changes })

/** `counts[label]` images of each class, interleaved. */
function labelsOf(counts: readonly number[]): Int32Array {
  const left = [...counts]
  const labels: number[] = []
  while (left.some((count) => count > 0)) {
    left.forEach((count, label) => {
      if (count === 0) return
      labels.push(label)
      left[label]!--
    })
  }
  return Int32Array.from(labels)
}

function countsOf(labels: Int32Array, positions: Int32Array, classes: number): number[] {
  const counts = Array<number>(classes).fill(0)
  for (const position of positions) counts[labels[position]!]!++
  return counts
}

const names = ['cat', 'dog', 'owl']

describe('selectSamples', () => {
  const labels = { train: labelsOf([40, 20, 10]), test: labelsOf([5, 5, 5]) }

  test('holds back a tenth of each class by default', () => {
    const { train, validation, test: tested } = selectSamples({ labels: labels, classNames: names }, spec())
    expect(countsOf(labels.train, validation, 3)).toEqual([4, 2, 1])
    expect(countsOf(labels.train, train, 3)).toEqual([36, 18, 9])
    expect(tested.length).toBe(15)
  })

  test('parts the training images without loss or overlap, in ascending order', () => {
    const { train, validation } = selectSamples(
      { labels: labels, classNames: names },
      spec({ validation: { fraction: 0.3 } }),
    )
    expect([...train, ...validation].sort((a, b) => a - b)).toEqual([...labels.train.keys()])
    for (const part of [train, validation]) expect([...part]).toEqual([...part].sort((a, b) => a - b))
  })

  test('holds calibration samples back beside the same validation samples, stratified and by a seed of their own', () => {
    const select = (calibration?: object) => selectSamples({ labels, classNames: names }, spec({ calibration }))
    const [plain, held, other] = [select(), select({ fraction: 0.2 }), select({ fraction: 0.2, seed: 1 })]
    expect(plain).not.toHaveProperty('calibration')
    expect(held.validation).toEqual(plain.validation)
    expect(countsOf(labels.train, held.calibration!, 3)).toEqual([8, 4, 2])
    expect(usedTraining(held)).toEqual(usedTraining(plain))
    expect(new Set(usedTraining(held)).size).toBe(70)
    expect(other.calibration).not.toEqual(held.calibration)
  })

  test('refuses to hold everything back', () => {
    const all = { validation: { fraction: 0.5 }, calibration: { fraction: 0.5 } }
    expect(() => selectSamples({ labels, classNames: names }, spec(all))).toThrow(
      '0.5 for calibration and 0.5 for validation leave no samples to train on',
    )
  })

  test('depends on the seed of the split alone', () => {
    const first = selectSamples({ labels: labels, classNames: names }, spec())
    const changed = spec({ augmentation: 'none', mixing: {} })
    expect(selectSamples({ labels: labels, classNames: names }, changed)).toEqual(first)
    expect(
      selectSamples({ labels: labels, classNames: names }, spec({ validation: { seed: 43 } })).validation,
    ).not.toEqual(first.validation)
  })

  test('limits first, the same images whatever the split', () => {
    const all = (seed: number) => {
      const limit = { train: 15, test: 4 }
      const {
        train,
        validation,
        test: tested,
      } = selectSamples({ labels: labels, classNames: names }, spec({ limit, validation: { seed } }))
      return { training: [...train, ...validation].sort((a, b) => a - b), tested }
    }
    expect(countsOf(labels.train, Int32Array.from(all(1).training), 3)).toEqual([5, 5, 5])
    expect(countsOf(labels.test, all(1).tested, 3)).toEqual([2, 1, 1])
    expect(all(2)).toEqual(all(1))
  })

  test('refuses a class that is too small to be split, by name', () => {
    const few = { train: labelsOf([4, 1, 4]), test: labelsOf([1, 1, 1]) }
    expect(() => selectSamples({ labels: few, classNames: names }, spec())).toThrow(
      /class dog has a single training sample; .*add samples of it/,
    )
    expect(() => selectSamples({ labels: labels, classNames: names }, spec({ limit: { train: 2 } }))).toThrow(
      /class cat has a single training sample; .*raise data\.limit\.train \(it is 2\)/,
    )
  })
})

test('a data set without test images is refused', () => {
  const labels = { train: labelsOf([4, 4, 4]), test: new Int32Array() }
  expect(() => selectSamples({ labels: labels, classNames: names }, spec())).toThrow(
    /data\.path: the data set has no test samples/,
  )
})

describe('heldBackShares', () => {
  test('gives the rounded total to the largest remainders', () => {
    // Quotas 2.5, 1.2, 0.8 and 0.5; of the total of 5, two are left after the whole parts.
    expect(heldBackShares([25, 12, 8, 5], 0.1)).toEqual([3, 1, 1, 0])
  })

  test('holds at least one image back, and leaves each class one', () => {
    expect(heldBackShares([2, 2], 0.01)).toEqual([1, 0])
    expect(heldBackShares([2, 10], 0.95)).toEqual([1, 9])
  })
})

describe('limited', () => {
  test('shares out equally, and gives the rest of small classes to others', () => {
    expect(equalShares([10, 2, 10], 9)).toEqual([4, 2, 3])
    expect(equalShares([10, 2, 10], 100)).toEqual([10, 2, 10])
    expect(equalShares([5, 5, 5], 2)).toEqual([1, 1, 0])
  })

  test('takes all images where the limit exceeds them', () => {
    const labels = labelsOf([3, 3])
    for (const limit of [null, 6, 7]) expect([...limited(labels, limit, 2)]).toEqual([0, 1, 2, 3, 4, 5])
  })

  test('contains every smaller subset, and is not the first images of each class', () => {
    const labels = labelsOf([100, 100])
    const [small, large] = [limited(labels, 20, 2), limited(labels, 60, 2)]
    expect(small.every((position) => large.includes(position))).toBe(true)
    expect(Math.max(...small)).toBeGreaterThan(100)
  })
})
