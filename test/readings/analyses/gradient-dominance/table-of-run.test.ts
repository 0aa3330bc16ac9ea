import { expect, it } from 'vitest'
import { longCsv, wideCsv } from '../../../../src/main/host/exports/writers/csv.ts'
import { dominanceTable } from '../../../../src/readings/analyses/gradient-dominance/table.ts'

const row = (epoch: number, first: number | null) => ({
  epoch,
  batches: 8,
  exits: [first, 0.75],
  blocks: [
    [first, null],
    [0.5, 1],
  ],
})
const table = dominanceTable({
  run: 'toy-joint-s1',
  exitCount: 2,
  phases: [{ name: 'all exits', rows: [row(1, -1 / 3), row(2, null)] }],
})

it('has a line for each cosine, the whole backbone without a block', () => {
  expect(longCsv(table).trimEnd().split(/\r?\n/)).toEqual([
    'phase,epoch,batches,run,exit,block,cosine',
    'all exits,1,8,toy-joint-s1,0,,-0.3333333',
    'all exits,1,8,toy-joint-s1,1,,0.75',
    'all exits,1,8,toy-joint-s1,0,0,-0.3333333',
    'all exits,1,8,toy-joint-s1,1,0,0.5',
    'all exits,1,8,toy-joint-s1,0,1,',
    'all exits,1,8,toy-joint-s1,1,1,1',
    'all exits,2,8,toy-joint-s1,0,,',
    'all exits,2,8,toy-joint-s1,1,,0.75',
    'all exits,2,8,toy-joint-s1,0,0,',
    'all exits,2,8,toy-joint-s1,1,0,0.5',
    'all exits,2,8,toy-joint-s1,0,1,',
    'all exits,2,8,toy-joint-s1,1,1,1',
  ])
})

it('has a line for each epoch if all epochs are requested', () => {
  expect(wideCsv(table).split(/\r?\n/)[0]).toBe(
    'phase,epoch,batches,exit 0,final,"exit 0, block 0","final, block 0","exit 0, block 1","final, block 1"',
  )
})

it('names the objective of a phase where it is not the mean of the losses', () => {
  expect(table.caption).toMatch(/over the backbone\.$/)
  const phases = [null, 'weighting gpf'].map((objective) => ({ name: 'all exits', objective, rows: [row(1, 0.5)] }))
  const said = dominanceTable({ run: 'toy-joint-s1', exitCount: 2, phases })
  expect(said.caption).toMatch(/over the backbone, under weighting gpf\.$/)
  const lines = longCsv(said).split(/\r?\n/)
  expect([lines[0], lines[1], lines[7]]).toEqual([
    'phase,epoch,batches,run,objective,exit,block,cosine',
    'all exits,1,8,toy-joint-s1,weighting uniform,0,,0.5',
    'all exits,1,8,toy-joint-s1,weighting gpf,0,,0.5',
  ])
})
