import type { ClipboardFormat, FigureFormat, ExportInput, TableFormat } from '../../contract/exports.ts'
import { useHost } from '../api/host.ts'
import { useAction } from './use-action.ts'
import { useFigureLayout, usePreviewedFigure } from './use-figure-layout.ts'
import { useSave } from './use-save.ts'

/** Tables and figures leave as the host writes them, so that the window and the command line give the same bytes. */
export function useExport() {
  const { client } = useHost()
  const { run, busy } = useAction()
  const { save, copyText, copyTable, copyImage } = useSave()
  const { layout, words } = useFigureLayout()
  const previewed = usePreviewedFigure()

  const table = (input: ExportInput, format: TableFormat | ClipboardFormat) =>
    client.exports.table({ table: input, format })
  const figure = (input: ExportInput, format: FigureFormat) =>
    client.exports.figure({ figure: input, format, ...layout.value })
  return {
    busy,
    /** Summary of the figure layout. */
    layoutWords: words,
    /** Shows the figure as it will be exported, to choose its layout. */
    chooseLayout: (input: ExportInput) => (previewed.value = input),
    saveTable: (input: ExportInput, format: TableFormat) =>
      run('Could not save the table', async () => save(await table(input, format))),
    copyTable: (input: ExportInput) =>
      run('Could not copy the table', async () => {
        const [text, html] = await Promise.all([table(input, 'tsv'), table(input, 'html')])
        await copyTable({ text: text.bytes, html: html.bytes })
      }),
    copyLatex: (input: ExportInput) =>
      run('Could not copy the table', async () => copyText(await (await table(input, 'latex')).bytes.text(), 'Table')),
    saveFigure: (input: ExportInput, format: FigureFormat) =>
      run('Could not save the figure', async () => save(await figure(input, format))),
    copyFigure: (input: ExportInput) =>
      run('Could not copy the figure', async () => copyImage((await figure(input, 'png')).bytes)),
  }
}
