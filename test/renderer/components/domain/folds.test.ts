// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import DataTable from '../../../../src/renderer/components/domain/DataTable.vue'
import type { Table } from '../../../../src/shared/tables/table.ts'
import { plain } from '../../../../src/shared/tables/table.ts'

const block = (title: string, sum: string) => ({
  title,
  under: [sum],
  rows: [{ keys: [], heads: [`${title}.conv`], cells: [{ values: [1], printed: plain('1.0') }] }],
})
const table: Table = {
  ...{
    name: 'ledger',
    caption: 'Ledger',
    keys: [],
    dimensions: ['quantity'],
    measures: [{ name: 'value', suffix: '' }],
  },
  heads: [{ title: 'Module', align: 'left' }],
  columns: [{ ids: ['cost'], name: 'cost', title: 'Cost', kind: 'number' }],
  blocks: [block('stem', '2.0'), block('block 0', '3.0')],
}

it('shows what each block adds up to, and its rows once it is opened or chosen elsewhere', async () => {
  const shown = mount(DataTable, { props: { table, label: 'Ledger', folds: true, shown: null } })
  expect(shown.text()).toMatch(/stem ?2\.0.*block 0 ?3\.0/)
  expect(shown.text()).not.toContain('conv')
  const [stem] = shown.findAll('tbody button')
  expect(stem!.attributes('aria-expanded')).toBe('false')
  await stem!.trigger('click')
  expect(shown.text()).toContain('stem.conv')
  await shown.setProps({ shown: 'block 0' })
  await nextTick()
  expect(shown.text()).toContain('block 0.conv')
  await stem!.trigger('click')
  expect(shown.text()).not.toContain('stem.conv')
})

it('shows the rows of all blocks where none fold', () => {
  expect(mount(DataTable, { props: { table, label: 'Ledger' } }).findAll('tbody tr')).toHaveLength(4)
})
