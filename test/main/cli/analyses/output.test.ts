import { expect, it } from 'vitest'
import { type AnalysisResult, analysisLines } from '../../../../src/main/cli/analyses/output.ts'
import { createStyle } from '../../../../src/main/cli/output/style.ts'
import type { HostClient } from '../../../../src/contract/index.ts'
import type { Table } from '../../../../src/shared/tables/table.ts'

const table: Table = {
  name: 'toy',
  caption: 'Ranks.',
  keys: [],
  heads: [],
  dimensions: [],
  measures: [],
  blocks: [],
  columns: [{ ids: [], name: '', title: 'joint', kind: 'number' }],
}
const answer = (id: string, whole: boolean): AnalysisResult => ({
  analysis: {
    id,
    kind: 'numerical-rank',
    runs: [],
    parameters: {},
    status: 'done',
    done: 1,
    total: 1,
    seconds: 1,
    error: null,
    createdAt: 0,
    pausedWithAll: false,
  },
  result: { caveats: ['Beware.'] },
  whole,
})

it('shows the table of all, says that some are not done, and each caveat once', async () => {
  const asked: unknown[] = []
  const readTable = (input: unknown) => (asked.push(input), Promise.resolve(table))
  const client = { exports: { readTable } } as unknown as HostClient
  const answers = [answer('a', true), answer('b', false)]
  const view = { style: createStyle(false), width: Infinity }
  expect(await analysisLines(client, { kind: 'numerical-rank', answers }, view)).toEqual([
    'Numerical rank',
    ...['joint', '', 'Ranks.', ''],
    'Not done yet: these are partial results.',
    'Beware.',
  ])
  expect(asked).toEqual([{ table: { analyses: ['a', 'b'], partial: true } }])
})
