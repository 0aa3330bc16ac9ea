import { valueTable } from '../../../../shared/paper/paper-value-table.ts'
import { os } from '../contract.ts'

/** The tables and figures of the paper. What makes them is loaded where it is needed: looking at runs starts the sooner. */
export const paper = {
  status: os.paper.status.handler(async ({ input, context }) => {
    const { paperStatus } = await import('../../paper/status.ts')
    return paperStatus(context, input)
  }),

  start: os.paper.start.handler(async ({ input, context }) => {
    const { startPaper } = await import('../../paper/start.ts')
    return startPaper(context, input)
  }),

  tables: os.paper.tables.handler(async ({ input: { scale, items }, context }) => {
    const { paperTables } = await import('../../paper/tables.ts')
    return paperTables(context, scale, items)
  }),

  tableFiles: os.paper.tableFiles.handler(async ({ input: { scale, items, format }, context }) => {
    const { paperTables } = await import('../../paper/tables.ts')
    const { tableFile } = await import('../../exports/table-file.ts')
    return (await paperTables(context, scale, items)).map((table) => tableFile(valueTable(table), format))
  }),

  figures: os.paper.figures.handler(async ({ input: { scale, items }, context }) => {
    const { describeFigures, figureFiles, paperFigures } = await import('../../paper/figures.ts')
    const figures = await paperFigures(context, scale, items)
    return { figures: describeFigures(figures), files: await figureFiles(figures) }
  }),

  claims: os.paper.claims.handler(async ({ input, context }) => {
    const { paperClaims } = await import('../../paper/claims/paper-claims.ts')
    return paperClaims(context, input)
  }),

  report: os.paper.report.handler(async ({ input, context }) => {
    const { paperReport } = await import('../../paper/report/index.ts')
    return paperReport(context, input)
  }),

  files: os.paper.files.handler(async ({ input, context }) => {
    const { paperReportFiles } = await import('../../paper/report/index.ts')
    return paperReportFiles(context, input)
  }),

  join: os.paper.join.handler(async ({ input: { folders } }) => {
    const { joinedReportFiles } = await import('../../paper/report/joined-report.ts')
    return joinedReportFiles(folders)
  }),
}
