import { expect, test } from 'vitest'
import { longCsv } from '../../../src/main/host/exports/writers/csv.ts'
import { valueTable } from '../../../src/shared/paper/paper-value-table.ts'
import type { PaperTable } from '../../../src/shared/paper/paper-report.ts'
import { captionOf } from '../../../src/shared/tables/table.ts'
import { paperTable } from '../../renderer/support/paper.ts'

const own = { mean: 71.256, std: 0.5, n: 3 }
const [row] = paperTable().rows
const trained: PaperTable = paperTable({
  ownSetting: 'ResNet-14, Fashion-MNIST',
  rows: [
    { ...row!, own: [own, { ...own, n: 2 }] },
    { ...row!, regime: 'joint' },
  ],
})

/** Heads and printed cells of each row. */
const printed = (table: PaperTable) =>
  valueTable(table).blocks.flatMap(({ rows }) =>
    rows.map(({ heads, cells }) => [
      ...heads,
      ...cells.map(
        (cell) => cell && [cell.printed.text, cell.printed.spread].flatMap((text) => text ?? []).join(' ± '),
      ),
    ]),
  )

test('published and own values stand below each other, without a difference where settings differ', () => {
  expect(printed(trained)).toEqual([
    ['mixed', 'published', '67.50 ± 0.42', null],
    ['', 'own (n = 3)', '71.26 ± 0.50', '71.26 ± 0.50'],
    ['joint', 'published', '67.50 ± 0.42', null],
  ])
  const caption = captionOf(valueTable(trained))
  expect(caption).toContain('own† with ResNet-14, Fashion-MNIST: mean ± standard deviation over 2 to 3 seeds.')
  expect(caption).toContain('† Another setting than the published one')
  expect(caption).not.toContain('differences')
})

test('the same setting has a third row, own − published, and no mark', () => {
  const table = { ...trained, sameSetting: true }
  expect(printed(table)[2]).toEqual(['', 'own − published', '+3.76', null])
  expect(captionOf(valueTable(table))).toContain('differences in points.')
  expect(captionOf(valueTable(table))).not.toContain('†')
})

test('values at equal epochs have a line and a sentence of their own', () => {
  const equalEpochs = { own: [{ ...own, mean: 70, n: 5 }, null], ownSeeds: [] }
  const table = { ...trained, rows: [{ ...trained.rows[0]!, equalEpochs }] }
  expect(printed(table)[2]).toEqual(['', 'equal epochs (n = 5)', '70.00 ± 0.50', null])
  expect(valueTable(table).blocks[0]!.rows[2]!.keys).toEqual(['table-8', 'mixed', null, 'equal', 'false', 5])
  expect(captionOf(valueTable(table))).toContain('Equal epochs: every regime has as many')
})

test('rows say in files whose values they have, and whether the setting is the published one', () => {
  const [header] = longCsv(valueTable(trained)).split('\n')
  expect(header).toBe('table,regime,variant,values,same_setting,n,budget,mean,std')
  expect(valueTable(trained).blocks[0]!.rows.map(({ keys }) => keys)).toEqual([
    ['table-8', 'mixed', null, 'published', '', null],
    ['table-8', 'mixed', null, 'own', 'false', 3],
    ['table-8', 'joint', null, 'published', '', null],
  ])
})

test('without own runs there is nothing to mark', () => {
  const caption = captionOf(valueTable(paperTable()))
  expect(caption).toContain('There are no own runs.')
  expect(caption).not.toContain('†')
})
