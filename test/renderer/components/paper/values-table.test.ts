// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import ValuesTable from '../../../../src/renderer/components/paper/detail/ValuesTable.vue'
import type { PaperTable } from '../../../../src/shared/paper-report.ts'
import { paperTable } from '../../support/paper.ts'

const own = { mean: 71.256, std: 0.5, n: 3 }
const [row] = paperTable().rows
const trained = paperTable({
  ownSetting: 'ResNet-14, Fashion-MNIST',
  rows: [
    { ...row!, own: [own, { ...own, n: 2 }], difference: [3.756, null] },
    { ...row!, regime: 'joint', variant: 'Every-1' },
  ],
})

/** Texts of the cells of each row, without its head. */
function cellsOf(table: PaperTable) {
  const wrapper = mount(ValuesTable, { props: { table, scale: 'desk' } })
  const words = (text: string) => text.replaceAll(/\s+/g, ' ')
  const rows = wrapper.findAll('tbody tr').map((each) => each.findAll('td').map((cell) => words(cell.text())))
  return { wrapper, rows }
}

describe('a table of published and own values', () => {
  it('has published value, own value and difference beside one another at each budget', () => {
    const { wrapper, rows } = cellsOf({ ...trained, sameSetting: true })
    expect(rows[0]).toEqual(['67.50 ± 0.42', '71.26 ± 0.50', '+3.76', '–', '71.26 ± 0.50', '–'])
    expect(wrapper.findAll('thead th').map((each) => each.text())).toEqual([
      ...['Accuracy (%)', '25 %', 'Unlimited'],
      ...['publ.', 'own', 'Δown − published', 'publ.', 'own', 'Δown − published'],
    ])
    expect(wrapper.text()).toContain('n = 2–3')
    expect(wrapper.text()).not.toContain('†')
  })

  it('marks each own value of another setting and each difference to it, and says what the mark means', () => {
    const { wrapper, rows } = cellsOf(trained)
    expect(rows[0]).toEqual(['67.50 ± 0.42', '71.26† ± 0.50', '+3.76†', '–', '71.26† ± 0.50', '–'])
    expect(wrapper.get('.legend').text()).toMatch(/^† Own value of another setting at desk scale: ResNet-14/)
  })

  it('names the variant of a row, and has no own values before anything is trained', () => {
    const { wrapper, rows } = cellsOf(trained)
    expect(wrapper.findAll('tbody th')[1]!.text()).toBe('jointEvery-1')
    expect(rows[1]).toEqual(['67.50 ± 0.42', '–', '–', '–', '–', '–'])
    expect(cellsOf(paperTable()).wrapper.find('.legend').exists()).toBe(false)
  })
})
