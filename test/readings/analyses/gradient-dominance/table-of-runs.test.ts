import { expect, it } from 'vitest'
import { longCsv } from '../../../../src/main/host/exports/writers/csv.ts'
import { latexTable } from '../../../../src/main/host/exports/writers/latex.ts'
import { dominanceRunsTable } from '../../../../src/readings/analyses/gradient-dominance/table.ts'

const run = (seed: number, final: number) => ({
  run: `toy-joint-s${seed}`,
  regime: 'joint',
  series: 'joint',
  seed,
  batches: 8,
  dominance: { exits: [null, final], blocks: [[null], [1]] },
})
const table = dominanceRunsTable({ subjects: ['toy'], exitCount: 2, runs: [run(1, 0.5), run(2, -0.25)] })

it('has a line for each run, exit and block, the whole backbone without a block', () => {
  expect(longCsv(table).trimEnd().split(/\r?\n/)).toEqual([
    'run,regime,seed,batches,exit,block,cosine',
    'toy-joint-s1,joint,1,8,0,,',
    'toy-joint-s1,joint,1,8,1,,0.5',
    'toy-joint-s1,joint,1,8,0,0,',
    'toy-joint-s1,joint,1,8,1,0,1',
    'toy-joint-s2,joint,2,8,0,,',
    'toy-joint-s2,joint,2,8,1,,-0.25',
    'toy-joint-s2,joint,2,8,0,0,',
    'toy-joint-s2,joint,2,8,1,0,1',
  ])
})

it('prints the backbone only, a row a run', () => {
  const latex = latexTable(table)
  expect(latex).toMatch(/joint\s*&\s*2\s*&[^\n]*-0\.250/)
  expect(latex).not.toContain('block 0')
})

it('heads the column of names with “regime”, or with “series” for a sweep', () => {
  const swept = { ...run(1, 0.5), series: 'joint · head conv' }
  expect(table.heads[0]!.title).toBe('Regime')
  expect(dominanceRunsTable({ subjects: ['toy'], exitCount: 2, runs: [swept] }).heads[0]!.title).toBe('Series')
})
