// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import OtherReadings from '../../../../src/renderer/components/compare/OtherReadings.vue'
import { numberCell, type Table } from '../../../../src/shared/tables/table.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const table: Table = {
  name: 'agreement',
  caption: 'Shares.',
  keys: [],
  heads: [{ title: 'Exit', align: 'left' }],
  dimensions: [],
  measures: [{ name: 'share', suffix: '' }],
  columns: [{ ids: [], name: 'exit 1', title: 'exit 1', kind: 'number' }],
  blocks: [{ title: null, rows: [{ keys: [], heads: ['exit 0'], cells: [numberCell(73.5, 1)] }] }],
}
const query = {
  runs: ['a'],
  among: [],
  protocol: 'validation' as const,
  rule: '',
  seedReading: 'averaged' as const,
  budgets: [null],
  cost: 'macs' as const,
}
const kind = (name: string, title: string) => ({
  name,
  title,
  sentence: `What ${name} says`,
  withoutImports: null,
  needsClasses: false,
  placed: false,
  hasTable: true,
  hasFigure: true,
})

test('readings without a panel of their own have their table, figure and exports, unless they need classes', async () => {
  const asked: unknown[] = []
  provideFakeHost({
    readings: {
      kinds: async () => [
        { ...kind('exits', 'Single exits'), placed: true },
        kind('agreement', 'Agreement'),
        { ...kind('drawn', 'Drawn alone'), hasTable: false },
        { ...kind('classes', 'Of classes'), needsClasses: true },
      ],
    },
    exports: {
      readTable: async (input) => (asked.push(input), table),
      figure: async (input) => (asked.push(input), { name: 'a.svg', bytes: new Blob(['<svg/>']) }),
    },
  })
  const board = mount(OtherReadings, { props: { query, hasClasses: false } })
  await flushPromises()
  expect(board.findAll('h2').map((title) => title.text())).toEqual(['Agreement', 'Drawn alone'])
  expect(board.get('tbody').text()).toBe('exit 073.5')
  expect(board.get('img').attributes('alt')).toBe('Agreement, drawn')
  expect(asked).toEqual([
    { table: { reading: 'agreement', question: query } },
    { figure: { reading: 'drawn', question: query }, format: 'svg', theme: 'light' },
    { figure: { reading: 'agreement', question: query }, format: 'svg', theme: 'light' },
  ])
})

test('says that the readings could not be listed', async () => {
  provideFakeHost({ readings: { kinds: () => Promise.reject(new Error('an extension is broken')) } })
  const board = mount(OtherReadings, { props: { query, hasClasses: false } })
  await flushPromises()
  expect(board.get('[role=alert]').text()).toContain('an extension is broken')
})
