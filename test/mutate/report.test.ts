import { expect, it } from 'vitest'
import { failuresText, reportOf } from '../../scripts/mutate/report.ts'
import { trial } from './mutants.ts'

it('counts the mutants found, and lists survivors with file, line, change and the tests that were run', () => {
  const trials = [
    trial(),
    trial({ outcome: 'timeout' }),
    trial({ line: 12, outcome: 'survived', tests: ['test/one.test.ts', 'test/two.test.ts'] }),
    trial({ line: 30, mutator: 'BlockStatement', original: '{\n  a()\n}', replacement: '{}', outcome: 'not reached' }),
  ]
  expect(reportOf('src/engine', trials))
    .toBe(`src/engine: 2 of 4 mutants found (50.0 %), 1 of them as the tests did not end

src/engine/one.ts:12 (EqualityOperator)
  - a < b
  + a <= b
  tests: test/one.test.ts, test/two.test.ts

src/engine/one.ts:30 (BlockStatement)
  - { a() }
  + {}
  tests: no test runs it
`)
})

it('counts mutants of files that no test loads by themselves, not as survivors', () => {
  const unloaded = (file: string) => trial({ file, outcome: 'not loaded', tests: [] })
  expect(reportOf('src', [trial(), unloaded('src/a.ts'), unloaded('src/b.ts'), unloaded('src/a.ts')]))
    .toBe(`src: 1 of 1 mutants found (100.0 %)

No test loads:
  src/a.ts: 2 mutants
  src/b.ts: 1 mutant
`)
})

it('lists files that could not be tried with the reason', () => {
  expect(failuresText({})).toBe('')
  expect(failuresText({ 'src/a.ts': 'tests fail' })).toBe('\nsrc/a.ts could not be tried: tests fail\n')
})

it('says so where nothing was tried, and shows a long text by its beginning and end', () => {
  expect(reportOf('src', [])).toBe('src: 0 of 0 mutants found\n')
  const original = `first ${'x'.repeat(300)} last`
  const line = reportOf('src', [trial({ original, outcome: 'survived' })]).split('\n')[3]!
  expect(line).toMatch(/^ {2}- first x+ … x+ last$/)
  expect(line.length).toBeLessThan(170)
})
