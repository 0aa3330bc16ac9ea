import { distinctInOrder } from '../../../../shared/basics/distinct.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { OwnValues, PaperFigure, PaperReport, PaperTable } from '../../../../shared/paper/paper-report.ts'
import { valueTable } from '../../../../shared/paper/paper-value-table.ts'
import { sum } from '../../../../shared/statistics/statistics.ts'
import type { ReportEnvironment } from '../../../../shared/tables/report.ts'
import { reportFiles, type ReportFile } from '../../exports/writers/report/files.ts'
import { joinedTestRule } from '../claims/first-run.ts'
import { claimsOn } from '../claims/paper-claims.ts'
import { checklistOf } from './checklist.ts'
import { paperDocument } from './document.ts'
import { addedBy, fullest, inOrder } from './joined-parts.ts'
import { joinedStatus } from './joined-status.ts'
import { savedPanel, savedReport, type SavedReport } from './saved-report.ts'

/** The files of one report of several, each of a part of the matrix that was trained in a workspace of its own. */
export async function joinedReportFiles(folders: readonly string[]): Promise<ReportFile[]> {
  const pieces = await Promise.all(folders.map(savedReport))
  refuseDifferent(pieces)
  const figures = joinedFigures(pieces)
  const data = await joinedReport(
    pieces.map((piece) => piece.data),
    figures.map(({ figure }) => figure),
  )
  refuseOtherClaims(pieces, data)
  const drawn = figures.flatMap(({ figure, piece }) => figure.panels.map(({ name }) => savedPanel(piece, name)))
  const tables = data.tables.map(valueTable)
  return reportFiles({ report: paperDocument(data), data, tables, drawn: await Promise.all(drawn) })
}

/** Each table row, experiment and item from the report that has the most of it; claims are tested anew on all of them. */
async function joinedReport(reports: readonly SavedReport['data'][], figures: PaperFigure[]): Promise<PaperReport> {
  const { scale } = reports[0]!
  const tables = joinedTables(reports.map((report) => report.tables))
  const status = joinedStatus(reports.map((report) => report.status))
  const settings = fullest(reports, {
    of: (report) => report.settings,
    id: ({ file }) => file,
    size: ({ seconds }) => seconds,
  })
  const about = { scale, status, settings }
  return {
    ...about,
    createdAt: Date.now(),
    tables,
    figures,
    ...(await claimsOn(tables, scale)),
    testRule: joinedTestRule(reports),
    environment: joinedEnvironment(reports, about),
    checklist: checklistOf(about),
  }
}

/** Claims that were changed in between would not have been written before all runs. */
function refuseDifferent(pieces: readonly SavedReport[]): void {
  const [first] = pieces
  for (const { folder, data } of pieces.slice(1)) {
    if (data.scale !== first!.data.scale)
      throw new ExitlabError(
        'conflict',
        `${folder} is of the scale ${data.scale}, ${first!.folder} of ${first!.data.scale}. Reports of one scale can be joined.`,
      )
    if (data.claimsHash !== first!.data.claimsHash)
      throw new ExitlabError(
        'conflict',
        `${folder} and ${first!.folder} were written with different files of claims. Write both with this version, in the workspaces of their runs.`,
      )
  }
}

/** The joined report has the hash of the claims that it tests, which have to be those written before the runs. */
function refuseOtherClaims([first]: readonly SavedReport[], { claimsHash }: PaperReport): void {
  if (first!.data.claimsHash === claimsHash) return
  throw new ExitlabError(
    'conflict',
    `${first!.folder} was written with other claims than this version has. Write it with this version, in the workspace of its runs.`,
  )
}

function joinedTables(all: readonly (readonly PaperTable[])[]): PaperTable[] {
  const byId = Map.groupBy(all.flat(), ({ id }) => id)
  const joined = [...byId.values()].map((tables): PaperTable => {
    const own = tables.filter(({ ownSetting }) => ownSetting !== null)
    const rows = [
      ...Map.groupBy(
        tables.flatMap((table) => table.rows),
        labelOf,
      ).values(),
    ].map(joinedRow)
    return {
      ...(own[0] ?? tables[0]!),
      sameSetting: (own.length > 0 ? own : tables).every(({ sameSetting }) => sameSetting),
      experiments: [...new Set(tables.flatMap(({ experiments }) => experiments))],
      rows,
    }
  })
  return inOrder(joined, ({ item }) => item)
}

type Row = PaperTable['rows'][number]

const labelOf = ({ regime, variant }: Row) => `${regime} ${variant}`

function joinedRow(rows: readonly Row[]): Row {
  const { own, ownSeeds } = withMostSeeds(rows)
  const equal = rows.flatMap(({ equalEpochs }) => equalEpochs ?? [])
  return { ...rows[0]!, own, ownSeeds, equalEpochs: equal.length === 0 ? null : withMostSeeds(equal) }
}

const withMostSeeds = <Values extends OwnValues>(all: readonly Values[]): Values =>
  all.reduce((most, each) => (each.ownSeeds.length > most.ownSeeds.length ? each : most))

/** Each figure from the first report that has all of it, else from the one with the most panels. */
function joinedFigures(pieces: readonly SavedReport[]): { figure: PaperFigure; piece: SavedReport }[] {
  const joined = fullest(pieces, {
    of: (piece) => piece.data.figures.map((figure) => ({ figure, piece })),
    id: ({ figure }) => figure.item,
    size: ({ figure }) => (figure.missing === null ? Infinity : figure.panels.length),
  })
  return inOrder(joined, ({ figure }) => figure.item)
}

function joinedEnvironment(
  reports: readonly SavedReport['data'][],
  { status, settings }: Pick<PaperReport, 'status' | 'settings'>,
): ReportEnvironment {
  const all = reports.map(({ environment }) => environment)
  const seconds = reports.map(({ environment, settings: own }) =>
    addedBy(environment.trainedSeconds, own, { joined: settings, amount: (each) => each.seconds }),
  )
  const distinct = <Value extends string | number>(of: (each: ReportEnvironment) => readonly Value[]) =>
    distinctInOrder(all.flatMap(of))
  return {
    exitlab: distinct((each) => each.exitlab),
    node: distinct((each) => each.node),
    tensorflow: distinct((each) => each.tensorflow),
    processors: distinct((each) => each.processors),
    devices: distinct((each) => each.devices),
    threads: distinct((each) => each.threads),
    precisions: distinct((each) => each.precisions),
    systems: distinct((each) => each.systems),
    trainedSeconds: sum(seconds),
    phases: Math.min(status.total.phases.done, sum(all.map((each) => each.phases))),
  }
}
