// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import type { ExportInput } from '../../../../src/contract/exports.ts'
import {
  exportTitle,
  figureFileItems,
  tableFileItems,
  titledItems,
} from '../../../../src/renderer/components/domain/export-items.ts'

it.each([
  ['Exit curves', 'CSV, long', 'Export: exit curves as CSV, long'],
  ['cost ledger', 'Copy as LaTeX', 'Export: cost ledger, copy as LaTeX'],
  ['cost ledger', 'Size and text…', 'Export: cost ledger, size and text…'],
])('%s by %s is found as “%s”', (what, label, title) => expect(exportTitle(what, label)).toBe(title))

it('offers each of several figures in each format, under its title', () => {
  const figures: { title: string; input: ExportInput }[] = [
    { title: 'Numerical rank', input: { name: 'rank', measure: 'share', analyses: ['a'] } },
    { title: 'Spectrum', input: { name: 'spectrum', block: 3, analyses: ['a', 'b'] } },
  ]
  const saveFigure = vi.fn(() => Promise.resolve())
  const items = titledItems(figures, (input) => figureFileItems(input, { saveFigure } as never))
  expect(items.map(({ label }) => label)).toEqual([
    ...['Numerical rank: SVG', 'Numerical rank: PDF', 'Numerical rank: PNG'],
    ...['Spectrum: SVG', 'Spectrum: PDF', 'Spectrum: PNG'],
  ])
  items[4]!.run()
  expect(saveFigure).toHaveBeenCalledWith({ name: 'spectrum', block: 3, analyses: ['a', 'b'] }, 'pdf')
})

it('offers a table in each format of a file', () => {
  const input: ExportInput = { name: 'rank', measure: 'share', analyses: ['a'] }
  const saveTable = vi.fn(() => Promise.resolve())
  const items = tableFileItems(input, { saveTable } as never)
  for (const { run } of items) run()
  expect(items.map(({ label }) => label)).toEqual(['CSV, long', 'CSV, wide', 'LaTeX'])
  expect(saveTable.mock.calls).toEqual([
    [input, 'csv'],
    [input, 'csv-wide'],
    [input, 'latex'],
  ])
})
