import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isOpen, readRecord, writeRecord, type SampleRecord } from '../../scripts/mutate/record.ts'
import { trySample, type SampleOptions } from '../../scripts/mutate/sample.ts'
import { mutant, trial } from './mutants.ts'

const mutants = [
  mutant({ file: 'src/a.ts', line: 1, original: 'a < 1' }),
  mutant({ file: 'src/a.ts', line: 2, original: 'a < 2' }),
  mutant({ file: 'src/b.ts', line: 1 }),
  mutant({ file: 'src/untested.ts' }),
]

/** Tries the mutants above; those of src/b.ts survive. */
function bench(changes: Partial<SampleOptions> = {}) {
  const asked: string[][] = []
  const record: SampleRecord = { seed: 3, startedAt: '2026-11-29T00:00:00Z', trials: {}, failures: {} }
  const options: SampleOptions = {
    record,
    mutants,
    count: 4,
    testsOf: (file) => ({ first: [], all: file === 'src/untested.ts' ? [] : [file.replace('src', 'test')] }),
    digestOf: (tests) => tests.join(),
    async tryMutants(ranges) {
      asked.push([...ranges])
      return mutants
        .filter(({ file, range }) => ranges.includes(`${file}:${range}`))
        .map((each) => trial({ ...each, outcome: each.file === 'src/b.ts' ? 'survived' : 'found' }))
    },
    save: () => {},
    ...changes,
  }
  return { asked, record, options }
}

const outcomesOf = ({ trials }: SampleRecord) =>
  Object.values(trials)
    .map(({ trial: { file, line, outcome } }) => `${file}:${line} ${outcome}`)
    .sort()

const all = ['src/a.ts:1 found', 'src/a.ts:2 found', 'src/b.ts:1 survived', 'src/untested.ts:1 not loaded']

describe('a sample', () => {
  it('tries the drawn mutants of each file at once', async () => {
    const { asked, record, options } = bench()
    await trySample(options)
    expect(outcomesOf(record)).toEqual(all)
    expect(asked.map((ranges) => ranges.toSorted()).sort()).toEqual([
      ['src/a.ts:1:0-1:5', 'src/a.ts:2:0-2:5'],
      ['src/b.ts:1:0-1:5'],
    ])
  })

  it('tries only as many as are asked for', async () => {
    const { record, options } = bench({ count: 2 })
    expect(await trySample(options)).toHaveLength(2)
    expect(Object.keys(record.trials)).toHaveLength(2)
  })

  it('keeps what was tried before it was interrupted, and does not try it again', async () => {
    const { asked, record, options } = bench()
    const save = () => {
      if (asked.length === 1) throw new Error('killed')
    }
    await expect(trySample({ ...options, save })).rejects.toThrow('killed')
    const [first] = asked.splice(0)
    await trySample(options)
    expect(outcomesOf(record)).toEqual(all)
    expect(asked).toHaveLength(1)
    expect(asked).not.toContainEqual(first)
  })

  it('tries the tests that import a file first, and only survivors with all of its tests', async () => {
    const tried: string[] = []
    const { record, options } = bench()
    const { tryMutants } = options
    await trySample({
      ...options,
      testsOf: (file) => ({ first: file === 'src/untested.ts' ? [] : ['near'], all: ['near', 'far'] }),
      async tryMutants(ranges, tests) {
        tried.push(`${ranges.length} of ${ranges[0]!.split(':')[0]} with ${tests}`)
        const trials = await tryMutants(ranges, tests)
        return trials!.map((each) => (tests.length === 2 ? { ...each, outcome: 'found', tests: [...tests] } : each))
      },
    })
    expect(tried.sort()).toEqual([
      '1 of src/b.ts with near',
      '1 of src/b.ts with near,far',
      '1 of src/untested.ts with near,far',
      '2 of src/a.ts with near',
    ])
    expect(outcomesOf(record)).toContain('src/b.ts:1 found')
  })

  it('tries survivors again once their tests have changed, and nothing that was found', async () => {
    const { asked, options } = bench()
    await trySample(options)
    asked.length = 0
    await trySample(options)
    expect(asked).toEqual([])
    await trySample({ ...options, digestOf: (tests) => `changed ${tests.join()}` })
    expect(asked).toEqual([['src/b.ts:1:0-1:5']])
  })

  it('tells apart replacements at one place, and other mutants within it', async () => {
    const place = { file: 'src/a.ts', line: 1, range: '1:0-1:5' }
    const both = [mutant({ ...place, replacement: 'a <= b' }), mutant({ ...place, replacement: 'a >= b' })]
    const { record, options } = bench({
      mutants: both,
      tryMutants: async () => [
        trial({ ...place, mutator: 'ConditionalExpression', replacement: 'a >= b' }),
        trial({ ...place, range: '1:1-1:5', replacement: 'a >= b' }),
        trial({ ...both[0], outcome: 'found' }),
        trial({ ...both[1], outcome: 'survived' }),
      ],
    })
    await trySample(options)
    const found = Object.values(record.trials).map(({ trial }) => [trial.replacement, trial.outcome])
    expect(Object.fromEntries(found)).toEqual({ 'a <= b': 'found', 'a >= b': 'survived' })
  })

  it('notes why the mutants of a file could not be tried, goes on with others, and tries them again', async () => {
    const { record, options } = bench()
    const { tryMutants } = options
    const failing: SampleOptions['tryMutants'] = async (ranges, tests) => {
      if (ranges[0]!.startsWith('src/a.ts')) throw new Error('There were failed tests')
      return tryMutants(ranges, tests)
    }
    await trySample({ ...options, tryMutants: failing })
    expect(record.failures).toEqual({ 'src/a.ts': 'There were failed tests' })
    expect(outcomesOf(record)).toEqual(all.slice(2))
    await trySample(options)
    expect(record.failures).toEqual({})
    expect(outcomesOf(record)).toEqual(all)
  })

  it('counts no mutant of a file that no test loads as a survivor', async () => {
    const { record, options } = bench({ tryMutants: async () => null })
    await trySample(options)
    expect(outcomesOf(record).every((outcome) => outcome.endsWith('not loaded'))).toBe(true)
  })

  it('takes a mutant that Stryker does not find any more for a failure', async () => {
    const { record, options } = bench({ tryMutants: async () => [] })
    await trySample(options)
    expect(record.failures['src/b.ts']).toMatch(/src\/b\.ts:1:0-1:5.*has changed/)
  })
})

describe('the record of a sample', () => {
  it('is read as it was written, and null where there is none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'exitlab-mutate-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'sample.json')
    expect(readRecord(file)).toBeNull()
    const record = { seed: 3, startedAt: '', trials: { one: { trial: trial(), testsDigest: 'd' } }, failures: {} }
    writeRecord(file, record)
    expect(readRecord(file)).toEqual(record)
  })

  it.each([
    ['found', false],
    ['timeout', false],
    ['survived', true],
    ['not reached', true],
    ['not loaded', true],
  ] as const)('has a mutant that was %s tried again after a change of its tests: %s', (outcome, again) => {
    const kept = { trial: trial({ outcome }), testsDigest: 'before' }
    expect(isOpen(kept, 'after')).toBe(again)
    expect(isOpen(kept, 'before')).toBe(false)
    expect(isOpen(undefined, 'before')).toBe(true)
  })
})
