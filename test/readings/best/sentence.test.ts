import { describe, expect, it } from 'vitest'
import { bestSentence } from '../../../src/readings/best/sentence.ts'
import { answerOf, aRanked, near, winner } from './made-ranking.ts'

const start =
  'Best at 50\u202f% of the backbone’s cost, chosen on validation samples: mixed, accuracy 78.64 ± 1.23 % on test samples (5 seeds).'

describe('the decision as a sentence', () => {
  it('names the best with its test value, and the series that are not distinguishable from it', () => {
    expect(bestSentence(answerOf(winner, near('joint'), aRanked('disjoint')), 0.5)).toBe(
      `${start} 1 of 2 others is not distinguishable from it: joint.`,
    )
    expect(bestSentence(answerOf(winner), 0.5)).toBe(start)
  })

  it('says that all others are worse where they are', () => {
    expect(bestSentence(answerOf(winner, aRanked('disjoint')), 0.5)).toBe(`${start} The other is worse beyond chance.`)
    expect(bestSentence(answerOf(winner, aRanked('joint'), aRanked('disjoint')), 0.5)).toBe(
      `${start} Both others are worse beyond chance.`,
    )
  })

  it('says why nothing was tested', () => {
    const behind = {
      difference: -2,
      low: null,
      high: null,
      p: null,
      untested: 'few-seeds',
      pairCount: 1,
      adjustedP: null,
    } as const
    expect(bestSentence(answerOf(winner, aRanked('joint', { behind, isCandidate: true })), 0.5)).toBe(
      `${start} 1 of 1 other is not told apart from it, as fewer than 3 seeds are paired.`,
    )
  })

  it('names them up to six, leaves more to the ranking, and names the experiment where there are several', () => {
    const many = Array.from({ length: 9 }, (_, i) => near(`s${i}`))
    expect(bestSentence(answerOf(winner, ...many), 0.5)).toMatch(/9 of 9 others are not distinguishable from it\.$/)
    expect(bestSentence(answerOf(winner, ...many.slice(3)), 0.5)).toMatch(
      /6 of 6 others are not distinguishable from it: s3, s4, s5, s6, s7 and s8\.$/,
    )
    expect(bestSentence(answerOf(winner, near('joint · exits [0, 1], head conv'), near('joint')), 0.5)).toMatch(
      /not distinguishable from it: joint · exits \[0, 1\], head conv; joint\.$/,
    )
    const other = aRanked('joint', { experiment: 'another' })
    expect(bestSentence(answerOf(winner, other), 0.5)).toContain('chosen on validation samples: mixed of toy, accuracy')
  })

  it('counts each kind of others, those without a threshold and without a common seed too', () => {
    const few = { difference: -2, low: null, high: null, p: null, untested: 'few-seeds', pairCount: 1, adjustedP: null } as const // prettier-ignore
    const [alone, apart] = [{ behind: few }, { behind: null }].map((change, i) =>
      aRanked(`u${i}`, { ...change, isCandidate: true }),
    )
    const answer = answerOf(winner, near('joint'), alone!, apart!, aRanked('disjoint'))
    const [at] = answer.atBudgets
    const missing = ['a', 'b'].map((name) => aRanked(name))
    expect(bestSentence({ ...answer, atBudgets: [{ ...at!, withoutThreshold: missing }] }, 0.5)).toBe(
      `${start} 1 of 6 others is not distinguishable from it: joint. 1 of 6 others is not told apart from it, as fewer than 3 seeds are paired. ` +
        '1 of 6 others is not told apart from it, as no seed is common. 2 of 6 others have no threshold within the budget: a and b.',
    )
    const worse = answerOf(winner, aRanked('disjoint'))
    expect(bestSentence({ ...worse, atBudgets: [{ ...worse.atBudgets[0]!, withoutThreshold: missing }] }, 0.5)).toBe(
      `${start} 1 of 3 others is worse beyond chance. 2 of 3 others have no threshold within the budget: a and b.`,
    )
  })
})
