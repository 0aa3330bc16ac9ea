import { describe, expect, it } from 'vitest'
import { draw } from '../../scripts/mutate/draw.ts'
import { namesOf } from '../../scripts/mutate/mutant.ts'
import { mutant } from './mutants.ts'

const all = Array.from({ length: 200 }, (_, i) =>
  mutant({ line: i + 1, original: `a < ${i}`, replacement: `a <= ${i}` }),
)
const linesOf = (mutants: typeof all, seed: number, count = 20) =>
  draw(mutants, { seed, count }).map(({ mutant }) => mutant.line)

describe('the draw of a sample', () => {
  it('is the same for the same seed, another one for another, and without repetition', () => {
    expect(linesOf(all, 7)).toEqual(linesOf(all, 7))
    expect(linesOf(all, 8)).not.toEqual(linesOf(all, 7))
    expect(new Set(linesOf(all, 7)).size).toBe(20)
  })

  it('does not depend on the order of the mutants', () => {
    expect(linesOf(all.toReversed(), 7)).toEqual(linesOf(all, 7))
  })

  it('begins with the same mutants when more are asked for', () => {
    expect(linesOf(all, 7, 50).slice(0, 20)).toEqual(linesOf(all, 7))
  })

  it('gives everything when more are asked for than there are', () => {
    expect(linesOf(all, 7, 1000).sort((a, b) => a - b)).toEqual(all.map(({ line }) => line))
  })

  it('draws the remaining mutants again after lines were removed and moved', () => {
    const moved = all.slice(50).map((each) => ({ ...each, line: each.line + 3, range: 'elsewhere' }))
    const before = linesOf(all, 7).filter((line) => line > 50)
    expect(linesOf(moved, 7).slice(0, before.length)).toEqual(before.map((line) => line + 3))
  })

  it('draws each mutant about as often as any other', () => {
    const times = new Map<number, number>()
    for (let seed = 0; seed < 200; seed++) {
      for (const line of linesOf(all, seed)) times.set(line, (times.get(line) ?? 0) + 1)
    }
    // 200 draws of a tenth of them: 20 each, with a standard deviation of 4.2.
    const counts = all.map(({ line }) => times.get(line) ?? 0)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(20 - 4.5 * 4.2)
    expect(Math.max(...counts)).toBeLessThanOrEqual(20 + 4.5 * 4.2)
  })
})

describe('the names of mutants', () => {
  it('differ where file, kind, text or replacement differ, and between equal ones in one file', () => {
    const different = [
      mutant(),
      mutant({ line: 9 }),
      mutant({ file: 'src/engine/two.ts' }),
      mutant({ mutator: 'ConditionalExpression' }),
      mutant({ original: 'a < c' }),
      mutant({ replacement: 'a >= b' }),
    ]
    expect(new Set(namesOf(different)).size).toBe(different.length)
  })

  it('do not depend on the line', () => {
    expect(namesOf([mutant({ line: 12 })])).toEqual(namesOf([mutant({ line: 1 })]))
  })
})
