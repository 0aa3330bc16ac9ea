import { describe, expect, it } from 'vitest'
import { emptyClassesOf, emptyClassesSentences } from '../../../src/shared/evaluation/empty-classes.ts'

const classNames = ['a', 'b', 'c']
const full = [2, 2, 2]
const wordsOf = (counts: object, names = classNames) => {
  const classCounts = { train: full, validation: full, test: full, ...counts }
  return emptyClassesSentences(emptyClassesOf({ classNames: names, classCounts }))
}

describe('classes without samples', () => {
  it('are named for each split, with what that means', () => {
    expect(wordsOf({})).toEqual([])
    expect(wordsOf({ test: [5, 0, 5] })).toEqual(['Class b has no test samples: test values say nothing of it.'])
    expect(wordsOf({ train: [0, 0, 1], validation: [1, 1, 0], calibration: [0, 1, 1] })).toEqual([
      'Classes a and b have no training samples: the network does not learn them.',
      'Class c has no validation samples: the choice of epochs and thresholds does not see it.',
      'Class a has no calibration samples: guarantees do not count it.',
    ])
  })

  it('are counted where they are many, with the names of the first five', () => {
    const names = Array.from({ length: 1200 }, (_, label) => `n${label}`)
    const counts = names.map((_, label) => (label < 100 ? 1 : 0))
    const every = names.map(() => 1)
    expect(wordsOf({ train: every, validation: every, test: counts }, names)).toEqual([
      '1,100 of 1,200 classes (n100, n101, n102, n103, n104 and 1,095 more) have no test samples: test values say nothing of them.',
    ])
    expect(
      emptyClassesOf({ classNames: names, classCounts: { train: every, validation: every, test: counts } }),
    ).toEqual({
      test: { count: 1100, of: 1200, names: ['n100', 'n101', 'n102', 'n103', 'n104'] },
    })
  })

  it('are none where values are predicted', () => {
    const classCounts = { train: [0], validation: [0], test: [0] }
    expect(emptyClassesOf({ task: 'regression', classNames: [''], classCounts })).toBeUndefined()
  })
})
