import { exitLabel } from '../../../../figures/exit-curves-data.ts'
import { lineNames } from '../../../../figures/series-lines.ts'
import type { LandscapeMultiples } from './multiples.ts'
import type { LandscapePanel, LossSurface } from './panel.ts'
import { seriesLooks } from '../../../../shared/experiment/series.ts'
import { mean, standardDeviation } from '../../../../shared/statistics/statistics.ts'

/** `regimes`: runs by exits; `exits`: all exits of one run; `seeds`: one exit, seeds by regimes. */
export const landscapeArrangements = ['regimes', 'exits', 'seeds'] as const
export type LandscapeArrangement = (typeof landscapeArrangements)[number]

/** State of the landscape of a run. */
export interface RunLandscape {
  regime: string
  /** Name of its series; the regime where nothing is swept. */
  series: string
  /** Place in the palette of series; null: it looks like its regime. */
  look: number | null
  seed: number
  exitCount: number
  coefficients: readonly number[]
  /** One a draw: [exits][points of δ][points of η]. */
  draws: readonly (readonly LossSurface[])[]
  whole: boolean
}

/** Runs as they are drawn: of several experiments each has the name of its own behind its series, and every series a look. */
export function toldApart<Run extends { experiment: string; regime: string; series: string }>(runs: readonly Run[]) {
  const named = lineNames(runs)
  const looks = seriesLooks(named)
  return named.map((run) => ({ ...run, look: looks.get(run.series)! }))
}

interface ArrangementChoice {
  arrangement: LandscapeArrangement
  draw: ChosenDraw
  /** Of `seeds`. */
  exit: number
  /** Of `exits`: index of the run. */
  run: number
}

type Cell = LandscapeMultiples['panels'][number][number]

/** Arrangement of panels. Every run has a different series and seed. */
export function arranged(runs: readonly RunLandscape[], choice: ArrangementChoice, note: string): LandscapeMultiples {
  const parts = { regimes: byExit, exits: allExits, seeds: bySeed }[choice.arrangement](runs, choice)
  return { note, ...parts }
}

/** The loss of one exit of a run. */
export function landscapePanel(run: RunLandscape, { exit, draw }: { exit: number; draw: ChosenDraw }): LandscapePanel {
  const { regime, series, look, seed, exitCount, coefficients, draws, whole } = run
  const surface = chosenSurface({ draws, points: coefficients.length, whole }, { exit, draw })
  return { regime, series, look, seed, exit, exitName: exitLabel(exit, exitCount), coefficients, ...surface }
}

type Parts = Omit<LandscapeMultiples, 'note'>

function byExit(runs: readonly RunLandscape[], { draw }: ArrangementChoice): Parts {
  const exitCount = Math.max(0, ...runs.map((run) => run.exitCount))
  const severalSeeds = new Set(runs.map(({ seed }) => seed)).size > 1
  const exits = Array.from({ length: exitCount }, (_, exit) => exit)
  return {
    rows: runs.map(({ regime, series, look, seed }) => ({
      regime,
      look,
      title: severalSeeds ? `${series} · ${seed}` : series,
    })),
    columns: exits.map((exit) => exitLabel(exit, exitCount)),
    panels: runs.map((run) =>
      exits.map((exit) => (exit < run.exitCount ? { panel: landscapePanel(run, { exit, draw }), title: null } : null)),
    ),
  }
}

function allExits(runs: readonly RunLandscape[], { run: index, draw }: ArrangementChoice): Parts {
  const run = runs[index] ?? runs[0]
  if (run === undefined) return { rows: [], columns: [], panels: [] }
  const panels = Array.from({ length: run.exitCount }, (_, exit) => landscapePanel(run, { exit, draw }))
  const columnCount = Math.ceil(Math.sqrt(panels.length))
  const rowCount = Math.ceil(panels.length / columnCount)
  return {
    rows: Array.from({ length: rowCount }, () => ({ title: '', regime: null, look: null })),
    columns: new Array<string>(columnCount).fill(''),
    panels: Array.from({ length: rowCount }, (_, row) =>
      Array.from({ length: columnCount }, (_, column): Cell => {
        const panel = panels[row * columnCount + column]
        return panel === undefined ? null : { panel, title: panel.exitName }
      }),
    ),
  }
}

function bySeed(runs: readonly RunLandscape[], { exit, draw }: ArrangementChoice): Parts {
  const names = [...new Set(runs.map(({ series }) => series))]
  const seeds = [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b)
  const panelOf = (series: string, seed: number): Cell => {
    const run = runs.find((each) => each.series === series && each.seed === seed)
    return run === undefined || exit >= run.exitCount
      ? null
      : { panel: landscapePanel(run, { exit, draw }), title: null }
  }
  return {
    rows: seeds.map((seed) => ({ regime: null, look: null, title: `seed ${seed}` })),
    columns: names,
    panels: seeds.map((seed) => names.map((series) => panelOf(series, seed))),
  }
}

/** The losses of all panels, for their common scale. */
export function lossesOf({ panels }: Pick<LandscapeMultiples, 'panels'>): (number | null)[] {
  return panels.flatMap((row) => row.flatMap((cell) => cell?.panel.values.flat() ?? []))
}

/** One draw of the directions by its index, or the mean over all of them. */
export type ChosenDraw = number | 'mean'

/** Losses of a landscape so far: draws one after the other, [exits][points of δ][points of η] each. */
interface DrawnSurfaces {
  draws: readonly (readonly LossSurface[])[]
  /** Points a side. */
  points: number
  whole: boolean
}

type Chosen = Pick<LandscapePanel, 'values' | 'spread' | 'whole'>

/**
 * The surface of an exit under one draw, or the mean over the draws with their standard deviation where there are several. While the
 * last draw is being computed the mean is over those before it.
 */
export function chosenSurface(
  { draws, points, whole }: DrawnSurfaces,
  { exit, draw }: { exit: number; draw: ChosenDraw },
): Chosen {
  if (draw !== 'mean') {
    const values = draws[draw]?.[exit] ?? unknown(points)
    return { values, spread: null, whole: whole || draw < draws.length - 1 }
  }
  const finished = whole || draws.length < 2 ? draws : draws.slice(0, -1)
  const surfaces = finished.map((exits) => exits[exit]!)
  return {
    values: surfaces.length === 0 ? unknown(points) : surfaces.length === 1 ? surfaces[0]! : combined(surfaces, mean),
    spread: surfaces.length < 2 ? null : combined(surfaces, standardDeviation),
    whole: whole || draws.length > 1,
  }
}

function unknown(points: number): LossSurface {
  return Array.from({ length: points }, () => new Array<null>(points).fill(null))
}

/** Point by point; null where any of the surfaces has no value. */
function combined(surfaces: readonly LossSurface[], by: (values: number[]) => number | null): LossSurface {
  return surfaces[0]!.map((row, i) =>
    row.map((_, j) => {
      const values = surfaces.flatMap((surface) => surface[i]![j] ?? [])
      return values.length === surfaces.length ? by(values) : null
    }),
  )
}
