import type { LossLandscape, LossLandscapeParameters } from '../../../readings/analyses/loss-landscape/schema.ts'
import type { AnalysisState } from '../../composables/analyses/use-analysis-results.ts'

/** Resolution of the grids: `9 × 9 of 25 × 25 points at least, draw 1 of 2`; null before the first points. */
export function refinementText(
  answers: readonly AnalysisState<LossLandscape>[],
  parameters: LossLandscapeParameters | null,
): string | null {
  const results = answers.flatMap(({ result, whole }) => (result === null ? [] : [{ result, whole }]))
  if (parameters === null || results.length === 0) return null
  const { points, draws } = parameters
  const size = (side: number) => `${side} × ${side}`
  const all = `${size(points)} points` + (draws === 1 ? '' : ` in ${draws} draws`)
  if (results.length === answers.length && results.every(({ whole }) => whole)) return `${all}, all computed`
  const finished = results.filter(({ whole }) => whole).length
  const running = results.find(({ whole }) => !whole)
  const now = running && ` Now ${size(sideOf(running.result.surfaces.at(-1)?.[0] ?? []))} of ${all}.`
  return `${finished} of ${answers.length} landscapes are finished.${now ?? ''}`
}

/** Side of the square of computed points: grids grow by a row and a column at a time. */
function sideOf(values: readonly (readonly (number | null)[])[]): number {
  return Math.floor(Math.sqrt(values.flat().filter((value) => value !== null).length))
}
