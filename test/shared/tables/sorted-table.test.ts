import { expect, test } from 'vitest'
import { sortedTable } from '../../../src/shared/tables/sorted-table.ts'
import { numberCell, textCell, type Table } from '../../../src/shared/tables/table.ts'

const row = (name: string, value: number | null, word = name) => ({
  keys: [name],
  heads: [name],
  cells: [textCell('not printed'), numberCell(value, 1), textCell(word)],
})
const table: Table = {
  name: 't',
  caption: 'A table.',
  keys: [{ name: 'name' }],
  heads: [{ title: 'Name', align: 'left' }],
  dimensions: [],
  measures: [{ name: 'value', suffix: '' }],
  columns: [
    { ids: [], name: 'hidden', title: null, kind: 'text' },
    { ids: [], name: 'value', title: 'Value', kind: 'number' },
    { ids: [], name: 'word', title: 'Word', kind: 'text' },
  ],
  blocks: [
    { title: 'first', rows: [row('run 10', 2), row('run 9', null), row('run 1', -3)] },
    { title: 'second', rows: [row('b', 1), row('a', 10)] },
  ],
}
const orderOf = (...sort: [column: number, descending: boolean] | []) => {
  const [column, descending] = sort
  const sorted = sortedTable(table, column === undefined ? undefined : { column, descending: descending! })
  return sorted.blocks.map(({ rows }) => rows.map(({ heads }) => heads[0]))
}

test('rows stand in the order of a printed column, within their blocks, those without a value last', () => {
  expect(orderOf()).toEqual([
    ['run 10', 'run 9', 'run 1'],
    ['b', 'a'],
  ])
  expect(orderOf(1, false)).toEqual([
    ['run 1', 'run 10', 'run 9'],
    ['b', 'a'],
  ])
  expect(orderOf(1, true)).toEqual([
    ['run 10', 'run 1', 'run 9'],
    ['a', 'b'],
  ])
})

test('words stand in alphabetical order, numbers in them by their value', () => {
  expect(orderOf(0, false)).toEqual([
    ['run 1', 'run 9', 'run 10'],
    ['a', 'b'],
  ])
  expect(orderOf(2, true)).toEqual([
    ['run 10', 'run 9', 'run 1'],
    ['b', 'a'],
  ])
})

test('a column that is not there changes nothing', () => {
  expect(orderOf(7, true)).toEqual(orderOf())
})

test('rows without a first head stay behind the row that they belong to', () => {
  const below = (name: string, value: number) => ({ ...row(name, value), heads: [''] })
  const rows = [row('a', 1), below('own of a', 9), row('b', 2), below('own of b', 8)]
  const [block] = sortedTable({ ...table, blocks: [{ title: null, rows }] }, { column: 1, descending: true }).blocks
  expect(block!.rows.map(({ keys }) => keys[0])).toEqual(['b', 'own of b', 'a', 'own of a'])
})
