import type { TableFormat } from '../../../shared/contract.ts'
import type { Comparison } from '../../../shared/evaluation.ts'
import { longCsv, wideCsv } from '../../exports/csv.ts'
import { latexTable } from '../../exports/latex.ts'
import { exportRun } from '../export-run.ts'
import { resolveRun } from '../references.ts'
import { os } from './contract.ts'
import { compare, curves } from './evaluations.ts'

const tables = {
  csv: longCsv,
  'csv-wide': wideCsv,
  latex: (comparison) => latexTable(comparison),
} as const satisfies Record<TableFormat, (comparison: Comparison) => string>

export const exportsApi = {
  run: os.exports.run.handler(({ input, context }) =>
    exportRun(context, resolveRun(context.store, input.run, 'any'), input.folder),
  ),

  table: os.exports.table.handler(async ({ input: { format, ...query }, context }) => ({
    text: tables[format](await compare(context, query)),
  })),

  figure: os.exports.figure.handler(async ({ input, context }) => {
    // Loads the drawing library, which nothing else needs.
    const { costCurveSvg } = await import('../../exports/cost-curve-svg.ts')
    return { svg: costCurveSvg(await curves(context, input)) }
  }),
}
