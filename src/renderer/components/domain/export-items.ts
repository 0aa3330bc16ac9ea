import { Clipboard, FileImage, FileSpreadsheet, FileText, Ruler } from '@lucide/vue'
import type { FigureFormat, ExportInput, TableFormat } from '../../../contract/exports.ts'
import type { useExport } from '../../composables/use-export.ts'
import type { MenuItem } from '../ui/menu-item.ts'

type Exports = ReturnType<typeof useExport>

const tableFormats: { format: TableFormat; label: string; hint: string; icon: MenuItem['icon'] }[] = [
  { format: 'csv', label: 'CSV, long', hint: 'one value a line', icon: FileSpreadsheet },
  { format: 'csv-wide', label: 'CSV, wide', hint: 'as shown', icon: FileSpreadsheet },
  { format: 'latex', label: 'LaTeX', hint: 'booktabs, siunitx', icon: FileText },
]
const figureFormats: { format: FigureFormat; label: string; hint: string }[] = [
  { format: 'svg', label: 'SVG', hint: 'to edit' },
  { format: 'pdf', label: 'PDF', hint: 'for a paper' },
  { format: 'png', label: 'PNG', hint: 'for slides' },
]

export function tableFileItems(input: ExportInput, { saveTable }: Exports): MenuItem[] {
  return tableFormats.map(({ format, ...look }) => ({ ...look, run: () => void saveTable(input, format) }))
}

export function tableItems(input: ExportInput, exports: Exports): MenuItem[] {
  const { copyTable, copyLatex } = exports
  return [
    ...tableFileItems(input, exports),
    {
      label: 'Copy table',
      hint: 'for a spreadsheet',
      icon: Clipboard,
      separator: true,
      run: () => void copyTable(input),
    },
    { label: 'Copy as LaTeX', icon: Clipboard, run: () => void copyLatex(input) },
  ]
}

/** A figure or a table among several of one menu. */
export interface Titled<Input> {
  title: string
  input: Input
}

/** `Spectrum: SVG` …, each figure or table apart. */
export function titledItems<Input>(
  all: readonly Titled<Input>[],
  itemsOf: (input: Input) => readonly MenuItem[],
): MenuItem[] {
  return all.flatMap(({ title, input }) =>
    itemsOf(input).map((item, place) => ({ ...item, label: `${title}: ${item.label}`, separator: place === 0 })),
  )
}

export function figureItems(input: ExportInput, exports: Exports): MenuItem[] {
  return [
    ...figureFileItems(input, exports),
    { label: 'Copy picture', icon: Clipboard, separator: true, run: () => void exports.copyFigure(input) },
    { label: 'Size and text…', hint: exports.layoutWords.value, icon: Ruler, run: () => exports.chooseLayout(input) },
  ]
}

const lowered = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)

/** What the command palette calls an item: `Export: cost ledger as CSV, long`, `Export: cost ledger, copy as LaTeX`. */
export function exportTitle(what: string, label: string): string {
  return `Export: ${lowered(what)}${/^(?:Copy|Size)/.test(label) ? `, ${lowered(label)}` : ` as ${label}`}`
}

export function figureFileItems(input: ExportInput, { saveFigure }: Exports): MenuItem[] {
  return figureFormats.map(({ format, ...words }) => ({
    ...words,
    icon: FileImage,
    run: () => void saveFigure(input, format),
  }))
}
