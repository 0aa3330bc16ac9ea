import { expect, it } from 'vitest'
import { wideCsv } from '../../../src/main/host/exports/writers/csv.ts'
import { latexTable } from '../../../src/main/host/exports/writers/latex.ts'
import { table } from '../../../src/readings/ledger/table.ts'
import { printedTable } from '../../support/printed-table.ts'

const entry = (module: string, operation: string, [macs, parameters, exit]: [number, number | null, number]) => ({
  module,
  operation,
  macs,
  parameters,
  exit,
})
const answer = {
  run: 'toy-joint-s1',
  title: 'ResNet',
  backboneMacs: 4_000_000,
  ledger: [
    entry('stem.conv', 'convolution', [1_000_000, 36, 0]),
    entry('stem', 'relu', [0, null, 0]),
    entry('blocks.0.conv1', 'convolution', [2_000_000, 64, 0]),
    entry('blocks.0.bn1', 'batch-norm', [20_000, 8, 0]),
    entry('heads.0.fc', 'linear', [40_000, 50, 0]),
    entry('classifier', 'linear', [980_000, 90, 1]),
  ],
}
const found = table(answer, { unit: 'macs' })

it('has each operation with its share of the backbone, to the last multiply-add in files', () => {
  expect(found.name).toBe('toy-joint-s1-ledger')
  expect(found.caption).toContain('4.00\u00a0M')
  expect(wideCsv(found).trimEnd().split('\n').slice(0, 3)).toEqual([
    'module,operation,exit,multiply-adds,% of backbone,parameters',
    'stem.conv,convolution,0,1000000,25,36',
    'stem,relu,0,0,0,',
  ])
  expect(latexTable(found)).toContain('stem.conv & convolution & 0 & 1.000 & 25.00 & 36 \\\\')
})

it('gathers operations by the part that they belong to, with what it costs', () => {
  expect(found.blocks.map(({ title, under }) => [title, ...under!])).toEqual([
    ['stem', '1.000', '25.00', '36'],
    ['block 0', '2.020', '50.50', '72'],
    ['head of exit 0', '0.040', '1.00', '50'],
    ['classifier', '0.980', '24.50', '90'],
  ])
})

it('is printed in FLOPs where that is the unit, which changes no value in files', () => {
  const inFlops = table(answer, { unit: 'flops' })
  expect(printedTable(inFlops).slice(0, 3)).toEqual([
    ['Module', 'Operation', 'Exit', 'MFLOPs', '% of backbone', 'Parameters'],
    ['stem'],
    ['stem.conv', 'convolution', '0', '2.000', '25.00', '36'],
  ])
  expect(wideCsv(inFlops)).toBe(wideCsv(found))
})
