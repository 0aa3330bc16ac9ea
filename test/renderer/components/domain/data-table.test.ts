// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import DataTable from '../../../../src/renderer/components/domain/DataTable.vue'
import type { CellDetail, Table, TableCell } from '../../../../src/shared/tables/table.ts'

const cell = (text: string, detail?: Partial<CellDetail>): TableCell => ({
  values: [Number(text)],
  printed: { text, spread: '0.50', bold: Number(text) > 2 },
  ...(detail && { detail: { sentence: 'in words', sign: null, interval: null, texts: [], ...detail } }),
})
const column = (title: string) => ({ ids: [title], name: title, title, kind: 'number' as const, signed: true })
const made = (columns: string[], rows: [name: string, ...cells: (TableCell | null)[]][]): Table => ({
  name: 't',
  caption: 'What it is.',
  keys: [{ name: 'name' }],
  heads: [{ title: 'Series', align: 'left' }],
  details: ['Interval', 'p'],
  dimensions: ['budget'],
  measures: [{ name: 'value', suffix: '' }],
  columns: columns.map(column),
  blocks: [{ title: null, rows: rows.map(([name, ...cells]) => ({ keys: [name], heads: [name], cells })) }],
})
const shown = (table: Table) => mount(DataTable, { props: { table, label: 'A table' } })
const texts = (wrapper: ReturnType<typeof shown>) =>
  wrapper.findAll('tbody tr').map((row) => row.findAll('th, td').map((each) => each.text()))

test('a table of several columns has its values with sign and deviation, and a dash where there is none', () => {
  const wrapper = shown(
    made(
      ['25 %', '50 %'],
      [
        ['joint', cell('-1.25'), null],
        ['mixed', cell('2.50'), cell('0.00')],
      ],
    ),
  )
  expect(texts(wrapper)).toEqual([
    ['joint', '−1.25\u00a0± 0.50', '–'],
    ['mixed', '+2.50\u00a0± 0.50', '0.00\u00a0± 0.50'],
  ])
  expect(wrapper.findAll('b').map((each) => each.text())).toEqual(['+2.50'])
  expect(wrapper.get('caption').text()).toBe('What it is.')
})

test('a table of one column shows interval, details and sign of each value in columns of their own', () => {
  const rows: Parameters<typeof made>[1] = [
    ['a − b', cell('2.50', { sign: '▲', interval: [1, 4], texts: ['+1 … +4', '0.010'] })],
    ['a − c', cell('-1.00', { texts: [null, '0.300'] })],
    ['b − c', null],
  ]
  const wrapper = shown(made(['50 %'], rows))
  expect(wrapper.findAll('thead th').map((each) => each.text())).toEqual([
    'Series',
    '50 %',
    'Interval, drawn',
    'Interval',
    'p',
  ])
  expect(texts(wrapper)).toEqual([
    ['a − b', '+2.50', '', '+1 … +4', '0.010 ▲'],
    ['a − c', '−1.00', '', '–', '0.300'],
    ['b − c', '–', '', '–', '–'],
  ])
  const [interval] = wrapper.findAll('svg').map((strip) => strip.findAll('line')[1]!.attributes())
  expect([interval!.x1, interval!.x2]).toEqual([`${(100 * 2) / 5}%`, '100%'])
  expect(wrapper.get('[role=img]').attributes('aria-label')).toBe('in words')
})

test('long texts break into lines, as the name of a pair or a reason, so that numbers stay in sight', () => {
  const long = 'mixed · head pooled, learning rate 0.001 − joint · head conv, learning rate 0.002'
  const words = (text: string): TableCell => ({ values: [text], printed: { text, spread: null, bold: false } })
  const table = made(['50 %', 'Better'], [[long, cell('1.00'), words(long)], ['joint', cell('2.00'), words('no')]]) // prettier-ignore
  const [numbers, texts] = table.columns
  const wrapper = shown({ ...table, columns: [numbers!, { ...texts!, kind: 'text' }] })
  const broken = (of: string) => wrapper.findAll(of).map((each) => each.classes('whitespace-normal!'))
  expect(broken('tbody th')).toEqual([true, false])
  expect(broken('tbody td')).toEqual([false, true, false, false])
  expect(wrapper.findAll('tbody td > span').map((each) => each.classes('whitespace-nowrap'))).toEqual([true, false, true, false]) // prettier-ignore
})

test('a heading sorts: numbers first from the largest, then the other way round, then as they came', async () => {
  const wrapper = shown(
    made(
      ['50 %'],
      [
        ['b', cell('1.00')],
        ['a', cell('3.00')],
        ['c', cell('2.00')],
      ],
    ),
  )
  const orders: string[] = []
  const click = async (heading: number) => {
    await wrapper.findAll('thead button')[heading]!.trigger('click')
    await wrapper.setProps({ sort: wrapper.emitted('update:sort')!.at(-1)![0] as undefined })
    orders.push(
      wrapper
        .findAll('tbody th')
        .map((each) => each.text())
        .join(''),
    )
  }
  for (const heading of [1, 1, 1, 0]) await click(heading)
  expect(orders).toEqual(['acb', 'bca', 'bac', 'abc'])
  expect(wrapper.findAll('thead th').map((each) => each.attributes('aria-sort'))).toEqual(['ascending', 'none'])
})
