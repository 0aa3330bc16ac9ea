import { expect, it } from 'vitest'
import { createStyle } from '../../../../src/main/cli/output/style.ts'
import { tableLines } from '../../../../src/main/cli/output/table-lines.ts'
import { widthOf } from '../../../../src/main/cli/output/text.ts'
import type { PrintedCell, Table } from '../../../../src/shared/tables/table.ts'

const cell = (text: string, spread: string | null = null, bold = false): { values: []; printed: PrintedCell } => ({
  values: [],
  printed: { text, spread, bold },
})
const table: Table = {
  name: 'toy',
  caption: 'What it shows.',
  emphasis: 'the best',
  notes: ['And \u001b[2Jmore.'],
  keys: [],
  dimensions: [],
  measures: [],
  heads: [{ title: 'Regime', align: 'left' }],
  columns: [
    { ids: [], name: '', title: '25 %', kind: 'number' },
    { ids: [], name: '', title: null, kind: 'number' },
    { ids: [], name: '', title: '50 %', kind: 'number' },
  ],
  blocks: [
    { title: 'small', rows: [{ keys: [], heads: ['joint'], cells: [cell('9.50', '0.10', true), cell('1'), null] }] },
    {
      title: 'large',
      rows: [{ keys: [], heads: ['mixed'], cells: [cell('-1.25'), cell('2'), cell('62.20', '1.00')] }],
    },
  ],
}
const lines = (of: Table, width = Infinity) => tableLines(of, { style: createStyle(false), width })

it('has a line a row, its deviations, an asterisk where it stands out, and under it what it shows', () => {
  expect(lines(table)).toEqual([
    'Regime         25 %           50 %',
    'small',
    'joint   9.50 ± 0.10*             –',
    'large',
    'mixed         −1.25   62.20 ± 1.00',
    '',
    'What it shows. *: the best.',
    'And \\u001b[2Jmore.',
  ])
})

it('where it is too wide, deviations stand below their means', () => {
  expect(lines(table, 25).slice(0, 7)).toEqual([
    'Regime    25 %     50 %',
    'small',
    'joint     9.50*       –',
    '        ± 0.10',
    'large',
    'mixed    −1.25    62.20',
    '                 ± 1.00',
  ])
})

it('where it is still too wide, columns without room follow below, behind the same heads', () => {
  expect(lines(table, 20).slice(0, 13)).toEqual([
    'Regime    25 %',
    'small',
    'joint     9.50*',
    '        ± 0.10',
    'large',
    'mixed    −1.25',
    '',
    'Regime    50 %',
    'small',
    'joint        –',
    'large',
    'mixed    62.20',
    '        ± 1.00',
  ])
})

it('where not even one column has room, each row becomes lines of its own', () => {
  expect(lines(table, 14)).toEqual([
    'small',
    'Regime: joint',
    '25 %: 9.50 ±',
    '  0.10*',
    '50 %: –',
    '',
    'large',
    'Regime: mixed',
    '25 %: −1.25',
    '50 %: 62.20',
    '  ± 1.00',
    '',
    'What it shows.',
    '*: the best.',
    'And',
    '\\u001b[2Jmore.',
  ])
})

it.each([12, 20, 33, 40])('keeps to %i columns with long names, costs and second numbers', (width) => {
  const name = `a series of\n${'網'.repeat(12)} ${'long'.repeat(8)}`
  const second = {
    ...cell('85.10', '0.30'),
    printed: { ...cell('85.10', '0.30').printed, below: { text: '12 %', spread: null } },
  }
  const block = {
    title: 'a block with a title that is long',
    rows: [{ keys: [], heads: [name], cells: [second, null, cell('62.20')] }],
    under: ['25.0\u202f%, 283 k multiply-adds', null, null],
  }
  const narrow = lines({ ...table, below: 'cost', blocks: [block] } as Table, width)
  expect(Math.max(...narrow.map(widthOf))).toBeLessThanOrEqual(width)
  const whole = narrow.map((line) => line.trim()).join('')
  expect(whole.split('網')).toHaveLength(13)
  expect(whole).toContain('62.20')
})

it('keeps to 80 columns with a dozen exits', () => {
  const exits = Array.from({ length: 12 }, (_, exit) => ({
    ids: [],
    name: '',
    title: `exit ${exit}`,
    kind: 'number' as const,
  }))
  const cells = exits.map((_, exit) => cell(`${60 + exit}.25`, '0.40'))
  const rows = ['joint', 'mixed'].map((regime) => ({ keys: [], heads: [regime], cells }))
  const wide = lines({ ...table, columns: exits, blocks: [{ title: null, rows }] }, 80)
  expect(Math.max(...wide.map((line) => line.length))).toBeLessThanOrEqual(80)
  for (let exit = 0; exit < 12; exit++)
    expect(wide.join('\n').match(new RegExp(`${60 + exit}\\.25`, 'g'))).toHaveLength(2)
})

it('where it is too wide, what stands under the titles of columns is broken at its words', () => {
  const block = { ...table.blocks[0]!, title: null, under: ['25.0\u202f%, 283 k multiply-adds', null, null] }
  const costs = { ...table, blocks: [block] }
  expect(lines(costs)[1]).toBe('        25.0 %, 283 k multiply-adds      –')
  expect(lines(costs, 40).slice(0, 6)).toEqual([
    'Regime           25 %   50 %',
    '              25.0 %,      –',
    '                283 k',
    '        multiply-adds',
    'joint            9.50*     –',
    '               ± 0.10',
  ])
})

it('reserves no room for marks where no row has one', () => {
  const plain = { ...table, emphasis: undefined, notes: undefined, blocks: [{ ...table.blocks[1]!, title: null }] }
  expect(lines(plain)).toEqual(['Regime   25 %          50 %', 'mixed   −1.25  62.20 ± 1.00', '', 'What it shows.'])
})
