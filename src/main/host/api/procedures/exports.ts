import { resolveRun } from '../../runs/references.ts'
import { os } from '../contract.ts'

/** Writers of files are loaded where a file is written: looking at runs starts the sooner. */
export const exportsApi = {
  run: os.exports.run.handler(async ({ input, context }) => {
    const { exportRun } = await import('../../exports/run.ts')
    return exportRun(context, resolveRun(context.store, input.run, 'any'), input)
  }),

  readTable: os.exports.readTable.handler(async ({ input: { table }, context }) => {
    const { readTable } = await import('../../exports/table.ts')
    return readTable(context, table, 'print')
  }),

  table: os.exports.table.handler(async ({ input: { table, format }, context }) => {
    const { exportTable } = await import('../../exports/table-file.ts')
    return exportTable(context, table, format)
  }),

  figure: os.exports.figure.handler(async ({ input, context }) => {
    const { exportFigure } = await import('../../exports/figure.ts')
    return exportFigure(context, input)
  }),
}
