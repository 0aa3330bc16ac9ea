import { z } from 'zod'
import { parsed, type AnalysisTables } from '../analysis.ts'
import { chosenDraw, landscapes } from './figure/landscapes.ts'
import type { LossLandscapeParameters, LossLandscapeResult } from './schema.ts'
import { exitLabel } from '../../../figures/exit-curves-data.ts'
import { landscapePanel, type RunLandscape, type ChosenDraw } from './figure/arrangement.ts'
import { landscapeSummary, type LandscapeSummary } from './figure/panel.ts'
import { fileStem } from '../../../shared/text/file-name.ts'
import { numberCell, plain, rounded, type Table, type TableRow } from '../../../shared/tables/table.ts'
import { ofSubject, seriesColumn, seriesTitle } from '../../../shared/tables/table-words.ts'

const options = z.object({ draw: chosenDraw })

export const tables: AnalysisTables<LossLandscapeParameters, LossLandscapeResult> = {
  /** Every point as data, a few numbers for each surface in print. */
  landscape(found, given, form) {
    const { draw } = parsed(options, given)
    const data = { ...landscapes(found, draw), subjects: found.subjects, draw }
    return form === 'print' ? landscapeSummaryTable(data) : landscapePointTable(data)
  },
}

interface LandscapeTableData {
  runs: readonly (RunLandscape & { experiment: string })[]
  subjects: readonly string[]
  /** Data of the computation. */
  note: string
  draw: ChosenDraw
}

type Run = LandscapeTableData['runs'][number]

const decimals = 6

/** Every point: a row for each run, δ and η, a column for each exit. */
export function landscapePointTable(data: LandscapeTableData): Table {
  const { runs, subjects, draw } = data
  const exitCount = Math.max(...runs.map((run) => run.exitCount))
  const spread = draw === 'mean' && runs.some(({ draws }) => draws.length > 1)
  return {
    name: fileStem(subjects, 'landscape'),
    caption: captionOf(data),
    keys: keysOf(data, ['seed', 'draw', 'delta', 'eta']),
    heads: [],
    dimensions: ['exit'],
    measures: [{ name: 'loss', suffix: '' }, ...(spread ? [{ name: 'std', suffix: ' std' }] : [])],
    columns: exitsOf(exitCount).map((exit) => {
      const name = exitLabel(exit, exitCount)
      return { ids: [exit], name: `${name} loss (nats)`, title: name, kind: 'number' }
    }),
    blocks: [
      {
        title: null,
        rows: runs.flatMap((run) => pointRows(run, { draw, exitCount, spread, placeOf: placesOf(data) })),
      },
    ],
  }
}

function pointRows(
  run: Run,
  { draw, exitCount, spread, placeOf }: { draw: ChosenDraw; exitCount: number; spread: boolean; placeOf: PlaceOf },
): TableRow[] {
  const panels = exitsOf(exitCount).map((exit) => (exit < run.exitCount ? landscapePanel(run, { exit, draw }) : null))
  return run.coefficients.flatMap((delta, i) =>
    run.coefficients.map((eta, j) => ({
      keys: [...placeOf(run), run.seed, drawName(draw), rounded(delta, decimals), rounded(eta, decimals)],
      heads: [],
      cells: panels.map((panel) => {
        const loss = panel?.values[i]![j] ?? null
        const std = spread ? [rounded(panel?.spread?.[i]![j], decimals)] : []
        return loss === null ? null : { values: [rounded(loss, decimals), ...std], printed: plain('') }
      }),
    })),
  )
}

const measures: { key: keyof LandscapeSummary; name: string; title: string }[] = [
  { key: 'centre', name: 'centre (nats)', title: 'Centre' },
  { key: 'lowest', name: 'minimum (nats)', title: 'Minimum' },
  { key: 'highest', name: 'maximum (nats)', title: 'Maximum' },
  { key: 'rise', name: 'rise (nats)', title: 'Rise' },
]

/** Each exit of each run in a few numbers. */
export function landscapeSummaryTable(data: LandscapeTableData): Table {
  const { runs, subjects, draw } = data
  return {
    name: fileStem(subjects, 'landscape'),
    caption: `${captionOf(data)} Increase: mean loss at the four ends of both axes minus the loss at the centre.`,
    keys: keysOf(data, ['seed', 'draw', 'exit']),
    heads: [
      { title: seriesTitle(runs), align: 'left' },
      { title: 'Seed', align: 'right' },
      { title: 'Exit', align: 'left' },
    ],
    dimensions: ['measure'],
    measures: [{ name: 'loss', suffix: '' }],
    columns: measures.map(({ key, name, title }) => ({ ids: [key], name, title, kind: 'number' })),
    blocks: runs.map((run) => ({
      title: null,
      rows: exitsOf(run.exitCount).map((exit) => summaryRow(run, { exit, draw, placeOf: placesOf(data) })),
    })),
  }
}

function summaryRow(run: Run, { placeOf, ...choice }: { exit: number; draw: ChosenDraw; placeOf: PlaceOf }): TableRow {
  const panel = landscapePanel(run, choice)
  const summary = landscapeSummary(panel)
  return {
    keys: [...placeOf(run), run.seed, drawName(choice.draw), choice.exit],
    heads: [run.series, String(run.seed), panel.exitName],
    cells: measures.map(({ key }) => numberCell(summary[key], 2)),
  }
}

type PlaceOf = (run: Run) => string[]

/** Names of the keys: experiment, regime, its series where one is swept, then `others`. */
function keysOf({ runs }: LandscapeTableData, others: readonly string[]) {
  return [
    ...['experiment', 'regime'].map((name) => ({ name })),
    ...seriesColumn(runs).key,
    ...others.map((name) => ({ name })),
  ]
}

function placesOf({ runs }: LandscapeTableData): PlaceOf {
  const series = seriesColumn(runs)
  return (run) => [run.experiment, run.regime, ...series.of(run)]
}

function captionOf({ subjects, note }: LandscapeTableData): string {
  return `Loss around the trained weights along two random directions${ofSubject(subjects)}, in nats (${note}).`
}

function exitsOf(count: number): number[] {
  return Array.from({ length: count }, (_, exit) => exit)
}

/** Counted from 1, as the window does. */
function drawName(draw: ChosenDraw): string | number {
  return draw === 'mean' ? draw : draw + 1
}
