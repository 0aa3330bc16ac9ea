import type { TableFormat } from '../../../shared/contract/exports.ts'
import type { Comparison } from '../../../shared/evaluation.ts'
import { resolveRun } from '../references.ts'
import { os } from './contract.ts'
import { compare, curves } from './evaluations.ts'

/** Writers of files are loaded where a file is written: looking at runs starts the sooner. */
const tables = {
  csv: async (comparison) => (await import('../../exports/csv.ts')).longCsv(comparison),
  'csv-wide': async (comparison) => (await import('../../exports/csv.ts')).wideCsv(comparison),
  latex: async (comparison) => (await import('../../exports/latex.ts')).latexTable(comparison),
} as const satisfies Record<TableFormat, (comparison: Comparison) => Promise<string>>

export const exportsApi = {
  run: os.exports.run.handler(async ({ input, context }) => {
    const { exportRun } = await import('../export-run.ts')
    return exportRun(context, resolveRun(context.store, input.run, 'any'), input.folder)
  }),

  table: os.exports.table.handler(async ({ input: { format, ...query }, context }) => ({
    text: await tables[format](await compare(context, query)),
  })),

  figure: os.exports.figure.handler(async ({ input, context }) => {
    const { costCurveSvg } = await import('../../exports/cost-curve-svg.ts')
    return { svg: costCurveSvg(await curves(context, input)) }
  }),
}
