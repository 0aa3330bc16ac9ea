import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { winnerFile } from '../../../../src/main/host/search/winner-file.ts'
import type { SearchRow } from '../../../../src/main/store/searches.ts'

/** The file of the winner of a search for an experiment with this text. */
function written(source: string, settings: Record<string, number> = {}): string {
  const candidates = [{ name: 'second', regime: 'second', settings, out: null }]
  return winnerFile({ file: { name: 'toy' }, source, folder: '/w', record: { candidates } } as unknown as SearchRow, 0)
}

test('what an alias of the winner stands for is kept, also where its anchor is in what is left out', () => {
  const source = `
regimes:
  - { name: first, phases: &both [{ trains: all }] }
  - name: second
    phases: *both
sweep: { training.batchSize: &sizes [32, 64] }
seeds: *sizes
`
  expect(parse(written(source))).toEqual({
    name: 'toy winner',
    regimes: [{ name: 'second', phases: [{ trains: 'all' }] }],
    seeds: [32, 64],
  })
})

test('brackets within texts stay as they are', () => {
  const text = written("data: { path: '/images [ new ]' } # [ mine ]\nseeds: [1, 2]\n")
  expect(text).toContain("data: {path: '/images [ new ]'} # [ mine ]")
  expect(text).toContain('seeds: [1, 2]')
})
