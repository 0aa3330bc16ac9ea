import { describe, expect, it } from 'vitest'
import { longCsv, wideCsv } from '../../../src/main/host/exports/writers/csv.ts'
import { table } from '../../../src/readings/latency/table.ts'
import { ofOneNetwork, ofTwoNetworks } from './made-answer.ts'

const lines = (text: string) => text.trimEnd().split('\n')

describe('latency beside multiply-adds', () => {
  it('is printed once for series that have one network, which files have each', () => {
    const made = table(ofOneNetwork)
    expect(made.blocks.map(({ title, rows }) => [title, rows.map(({ heads }) => heads[0])])).toEqual([
      [null, ['0', 'final', 'backbone alone']],
    ])
    expect(lines(wideCsv(made))).toEqual([
      'experiment,regime,exit,multiply-adds,"ms, batch 1","ms, batch 1, 95 % of rounds","ms, batch 8","ms, batch 8, 95 % of rounds",Multiply-adds (%),"Time, batch 1 (%)","Time, batch 8 (%)"',
      'toy,joint,0,1000000,3,6,9,18,25,75,25',
      'toy,mixed,0,1000000,3,6,9,18,25,75,25',
      'toy,joint,final,5000000,6,12,45,90,125,150,125',
      'toy,mixed,final,5000000,6,12,45,90,125,150,125',
      'toy,joint,backbone alone,4000000,4,8,36,72,100,100,100',
      'toy,mixed,backbone alone,4000000,4,8,36,72,100,100,100',
    ])
    expect(lines(longCsv(made)).slice(0, 5)).toEqual([
      'experiment,regime,exit,quantity,batch,value',
      'toy,joint,0,multiply-adds,,1000000',
      'toy,joint,0,median,1,3',
      'toy,joint,0,p95,1,6',
      'toy,joint,0,median,8,9',
    ])
    expect(made.caption).toContain('measured on A processor, 2 threads')
  })

  it('has a block for each network, and nothing where a network was not measured with a batch', () => {
    const made = table(ofTwoNetworks)
    expect(made.blocks.map(({ title }) => title)).toEqual(['joint and 1 more, toy', 'mixed, wide'])
    expect(made.columns.map(({ title }) => title)).toEqual([
      ...['Multiply-adds (M)', 'ms, batch 1', '95\u202f%', 'ms, batch 8', '95\u202f%', 'ms, batch 32', '95\u202f%'],
      ...['Multiply-adds (%)', 'Time, batch 1 (%)', 'Time, batch 8 (%)', 'Time, batch 32 (%)'],
    ])
    const [final] = made.blocks[1]!.rows
    expect(final!.cells.map((cell) => cell && cell.printed.text)).toEqual([
      ...['8.000', '12.00', '24.00', null, null, '200.00', '400.00', '100.0', '100.0', null, '100.0'],
    ])
  })
})
