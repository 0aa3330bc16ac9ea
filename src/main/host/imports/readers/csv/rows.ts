import { mostImportedExits } from '../../../../../shared/runs/imported.ts'
import { mostPoints } from '../content.ts'
import { badSource } from '../import-choice.ts'
import { addTo, type Track } from '../track.ts'
import type { Cell, Cells } from './cells.ts'
import type { Columns } from './columns.ts'

export interface Point {
  threshold: number | null
  cost: number
  value: number
}

/** What the rows of one seed say. */
export interface SeedRows {
  values: Map<string, Track>
  costs: Map<string, Track>
  /** Of the largest epoch. */
  points: Point[]
  epoch: number
}

/** What is kept of all rows. */
export interface Kept {
  seeds: Map<number | null, SeedRows>
  /** Exits of all seeds, with values and with costs. */
  tracks: number
  /** Points of the curves of all seeds. */
  points: number
}

interface Row {
  kept: Kept
  columns: Columns
  cells: Cells
}

/** Adds what a row says to what is kept. @returns all that is kept of its seed. */
export function addRow({ kept, columns, cells }: Row): SeedRows {
  const { number } = cells
  const seed = columns.seed === null ? null : cells.seed(columns.seed)
  const rows = kept.seeds.get(seed) ?? { values: new Map(), costs: new Map(), points: [], epoch: -Infinity }
  const step = (columns.epoch === null ? null : cells.epoch(columns.epoch)) ?? 0
  const add = (to: Map<string, Track>, exit: string, value: number | null) => {
    if (value === null) return
    if (!to.has(exit)) kept.tracks++
    addTo(to, exit, { step, value })
  }
  if (columns.form === 'wide') {
    for (const { exit, place } of columns.values) add(rows.values, exit, number(place))
    for (const { exit, place } of columns.costs) add(rows.costs, exit, number(place))
  } else if (columns.form === 'long') {
    const exit = cells.exit(columns.exit)
    if (exit === null) return rows
    if (columns.cost !== null) add(rows.costs, exit, number(columns.cost))
    add(rows.values, exit, number(columns.value))
  } else {
    kept.points -= rows.points.length
    addPoint(rows, step, pointOf(columns, number))
    kept.points += rows.points.length
  }
  if (rows.values.size > 0 || rows.points.length > 0) kept.seeds.set(seed, rows)
  return rows
}

const mostSeeds = 1000
/** Of all seeds together: each track has up to 500 points. */
const mostTracks = 20_000
const mostPointsOfAll = 200_000

/** While it is read: a table of another kind may have millions of rows. */
export function refuseTooMany(path: string, { seeds, tracks, points }: Kept, rows: SeedRows): void {
  if (seeds.size > mostSeeds) throw badSource(path, `has more than ${mostSeeds} seeds.`)
  if (rows.values.size > mostImportedExits) throw badSource(path, `has more than ${mostImportedExits} exits.`)
  if (rows.points.length > mostPoints) throw badSource(path, `has a curve of more than ${mostPoints} points.`)
  if (tracks > mostTracks) throw badSource(path, `has more than ${mostTracks} exits of all seeds together.`)
  if (points > mostPointsOfAll) throw badSource(path, `has more than ${mostPointsOfAll} points of all seeds together.`)
}

/** null where the row says nothing of the curve. */
function pointOf({ threshold, cost, value }: Extract<Columns, { form: 'curve' }>, number: Cell): Point | null {
  const [at, spent, reached] = [threshold === null ? null : number(threshold), number(cost), number(value)]
  return spent === null || reached === null ? null : { threshold: at, cost: spent, value: reached }
}

function addPoint(rows: SeedRows, epoch: number, point: Point | null): void {
  if (point === null || epoch < rows.epoch) return
  if (epoch > rows.epoch) rows.points = []
  rows.epoch = epoch
  rows.points.push(point)
}
