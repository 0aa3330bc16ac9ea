import { mean } from '../../../shared/statistics.ts'
import { centreIndex } from './panel.ts'
import type { LandscapePanel } from './panel.ts'

/** A surface in a few numbers, in nats. null: not finite, or not computed yet. */
export interface LandscapeSummary {
  /** Loss of the trained weights themselves. */
  centre: number | null
  lowest: number | null
  highest: number | null
  /** How much the loss rises to the ends of both axes: mean over (±reach, 0) and (0, ±reach), less the centre. */
  rise: number | null
  /** Points without a value. */
  missing: number
}

export function landscapeSummary(panel: Pick<LandscapePanel, 'coefficients' | 'values'>): LandscapeSummary {
  const middle = centreIndex(panel)
  const end = panel.coefficients.length - 1
  const at = (i: number, j: number) => panel.values[i]![j]!
  const centre = at(middle, middle)
  const ends = [at(0, middle), at(end, middle), at(middle, 0), at(middle, end)].filter((loss) => loss !== null)
  const known = panel.values.flat().filter((value) => value !== null)
  return {
    centre,
    lowest: known.length === 0 ? null : Math.min(...known),
    highest: known.length === 0 ? null : Math.max(...known),
    rise: centre === null || ends.length < 4 ? null : mean(ends) - centre,
    missing: (end + 1) ** 2 - known.length,
  }
}
