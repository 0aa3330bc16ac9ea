import { expect, it } from 'vitest'
import { longCsv, wideCsv } from '../../../src/main/host/exports/writers/csv.ts'
import type { CurveAnswer } from '../../../src/readings/curve/schema.ts'
import { table } from '../../../src/readings/curve/table.ts'

const point = (cost: number, mean: number) => ({ cost, mean, std: 0.5 })
const series = (name: 'mixed' | 'joint') => ({
  experiment: 'a',
  regime: name,
  series: name,
  look: null,
  name,
  backboneCost: 1000,
  runs: [],
  seedCount: 3,
  seeds: [],
  curve: [point(0.2, 60), point(1.01, 80)],
  exits: [point(0.2, 61), point(1.01, 80)],
})
const answer: CurveAnswer = {
  series: [series('mixed'), series('joint')],
  axis: 'share',
  backbones: [{ experiment: 'a', name: 'bare backbone', cost: 1, mean: 79, std: null }],
  backboneCost: null,
  budgets: [],
  note: 'three seeds',
}
const linesOf = (of: CurveAnswer, question: Parameters<typeof table>[1]) =>
  wideCsv(table(of, question)).trimEnd().split('\n')

it('the figure as a table has the backbone, single exits and each point of a curve', () => {
  expect(linesOf(answer, { hidden: ['joint'], unit: 'macs' })).toEqual([
    'experiment,series,point,number,Cost (% of backbone),Test accuracy (%),Test accuracy (%) std',
    'a,bare backbone,backbone,,100,79,',
    'a,mixed,exit,0,20,61,0.5',
    'a,mixed,exit,1,101,80,0.5',
    'a,mixed,threshold curve,0,20,60,0.5',
    'a,mixed,threshold curve,1,101,80,0.5',
  ])
})

it('has a line for each point in the long form too, with the cost beside the value', () => {
  const made = table(answer, { hidden: ['joint'], unit: 'macs' })
  expect(longCsv(made).trimEnd().split('\n')).toEqual([
    'experiment,series,point,number,cost_percent,quantity,value,std',
    'a,bare backbone,backbone,,100,accuracy,79,',
    'a,mixed,exit,0,20,accuracy,61,0.5',
    'a,mixed,exit,1,101,accuracy,80,0.5',
    'a,mixed,threshold curve,0,20,accuracy,60,0.5',
    'a,mixed,threshold curve,1,101,accuracy,80,0.5',
  ])
})

it('has absolute costs in the unit that is asked for, of the series that are drawn', () => {
  const absolute = { ...answer, axis: 'multiply-adds' as const, backbones: [] }
  const [head, first] = linesOf(absolute, { hidden: ['mixed'], unit: 'flops' })
  expect(head).toContain('Cost (FLOPs)')
  expect(first).toMatch(/^a,joint,exit,0,0.4,/)
})

it('ends its caption with one full stop, whether or not its note is a sentence', () => {
  const captionOf = (note: string) => table({ ...answer, note }, { hidden: [], unit: 'macs' }).caption
  expect(captionOf('three seeds')).toMatch(/ three seeds\.$/)
  expect(captionOf('Test values were opened.')).toMatch(/ Test values were opened\.$/)
})
