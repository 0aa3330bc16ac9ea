import { extent, mean } from '../../../../shared/statistics/statistics.ts'

/** Loss in nats on a square grid, [points of δ][points of η]; null where it is not finite or not computed yet. */
export type LossSurface = readonly (readonly (number | null)[])[]

/** The loss of one exit of one run around its trained weights. */
export interface LandscapePanel {
  regime: string
  /** Name of its series; the regime where nothing is swept. */
  series: string
  /** Place in the palette of series; null: it looks like its regime. */
  look: number | null
  seed: number
  /** Index of the exit, and its name: `exit 2`, `final`. */
  exit: number
  exitName: string
  /** Of both directions, ascending, 0 in the middle. */
  coefficients: readonly number[]
  values: LossSurface
  /** Standard deviation over the draws of directions, where `values` is their mean. */
  spread: LossSurface | null
  /** Whether every point has been computed, so that a missing loss is not finite. */
  whole: boolean
}

/** `mixed, seed 1, exit 2` */
export const panelName = (panel: LandscapePanel): string => nameParts(panel).join(', ')

const nameParts = ({ series, seed, exitName }: LandscapePanel) => [series, `seed ${seed}`, exitName]

/** Names of panels: the parts that all of them share, and of each what tells it from the others. */
export function panelNames(panels: readonly LandscapePanel[]): { shared: string[]; own: string[] } {
  const parts = panels.map(nameParts)
  const isShared = (part: string, index: number) => parts.every((each) => each[index] === part)
  return {
    shared: parts[0]!.filter(isShared),
    own: parts.map((each) => each.filter((part, index) => !isShared(part, index)).join(', ')),
  }
}

/** Index of the trained weights among the coefficients. */
export function centreIndex({ coefficients }: Pick<LandscapePanel, 'coefficients'>): number {
  return (coefficients.length - 1) / 2
}

/** A surface in a few numbers, in nats. null: not finite, or not computed yet. */
export interface LandscapeSummary {
  /** Loss of the trained weights themselves. */
  centre: number | null
  lowest: number | null
  highest: number | null
  /** Increase of the loss to the ends of both axes: mean over (±reach, 0) and (0, ±reach), minus the centre. */
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
  const [lowest = null, highest = null] = extent(known)
  return {
    centre,
    lowest,
    highest,
    rise: centre === null || ends.length < 4 ? null : mean(ends) - centre,
    missing: (end + 1) ** 2 - known.length,
  }
}
