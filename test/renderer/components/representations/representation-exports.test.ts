// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import type { FigureInput } from '../../../../src/contract/exports.ts'
import { figureFileItems, titledItems } from '../../../../src/renderer/components/domain/export-items.ts'
import {
  informationExport,
  rankExport,
  spectrumExport,
} from '../../../../src/renderer/components/representations/representation-exports.ts'

it('offers each of several figures in each format, under its title', () => {
  const exported = { analyses: ['a', 'b'], experiment: null }
  const figures: { title: string; input: FigureInput }[] = [
    { title: 'Numerical rank', input: rankExport(exported, 'share')! },
    { title: 'Spectrum', input: spectrumExport(exported, 3)! },
  ]
  const saveFigure = vi.fn(() => Promise.resolve())
  const items = titledItems(figures, (input) => figureFileItems(input, { saveFigure } as never))
  expect(items.map(({ label }) => label)).toEqual([
    ...['Numerical rank: SVG', 'Numerical rank: PDF', 'Numerical rank: PNG'],
    ...['Spectrum: SVG', 'Spectrum: PDF', 'Spectrum: PNG'],
  ])
  items[4]!.run()
  expect(saveFigure).toHaveBeenCalledWith({ name: 'spectrum', analyses: ['a', 'b'], block: 3 }, 'pdf')
})

it('has no figure of representations before an analysis is done', () => {
  expect(informationExport({ analyses: [], experiment: 'e' }, 'label')).toBeUndefined()
  expect(informationExport({ analyses: ['a'], experiment: 'e' }, 'label')).toEqual({
    name: 'information',
    target: 'label',
    analyses: ['a'],
    experiment: 'e',
  })
})
