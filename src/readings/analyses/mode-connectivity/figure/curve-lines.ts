import type { RunPair, PathKind, PathMetric, PathSplit } from '../pairs.ts'
import { pathProfile, barrierText, lineName, type PathLine } from '../profile.ts'
import { exitColour } from '../../../../figures/exit-colours.ts'
import type { FigureTheme } from '../../../../figures/regimes.ts'
import { figureColours } from '../../../../figures/theme.ts'

/** A line of a curve figure, as it looks. */
export interface CurveLine {
  name: string
  lambdas: readonly number[]
  line: PathLine
  colour: string
  ink: string
  width: number
  dash: readonly number[]
  /** `barrier 0.91`, written where that is with the name; null: it is named at its end. */
  mark: string | null
}

export interface CurveChoice {
  pair: RunPair
  metric: PathMetric
  split: PathSplit
  /** The mean of the exits (null) or one of them, on both paths; or all exits on one. */
  exit: number | null | 'all'
  /** With all exits. */
  path: PathKind
}

/** Lines of a curve figure, back to front. */
export function curveLines(choice: CurveChoice, theme: FigureTheme): CurveLine[] {
  return choice.exit === 'all' ? exitLines(choice, theme) : pathLines(choice, choice.exit, theme)
}

function pathLines({ pair, metric, split }: CurveChoice, exit: number | null, theme: FigureTheme): CurveLine[] {
  const { text, muted, accent } = figureColours[theme]
  const looks = {
    naive: { colour: muted, ink: text, width: 1.5, dash: [4, 3] },
    matched: { colour: accent, ink: text, width: 2, dash: [] },
  }
  return (['naive', 'matched'] as const).flatMap((path) => {
    const profile = pathProfile(pair, { path, metric, split })
    if (profile === null) return []
    const line = exit === null ? profile.mean : profile.exits[exit]!
    return [{ name: path, lambdas: profile.lambdas, line, mark: barrierText(line, metric), ...looks[path] }]
  })
}

function exitLines({ pair, metric, split, path }: CurveChoice, theme: FigureTheme): CurveLine[] {
  const profile = pathProfile(pair, { path, metric, split })
  if (profile === null) return []
  const { text } = figureColours[theme]
  const { lambdas, exits, mean } = profile
  const ofExits = exits.map((line, exit) => ({ name: lineName(exit, exits.length), line, exit }))
  return [
    ...ofExits.map(({ name, line, exit }) => {
      const colour = exitColour(exit, exits.length, theme)
      return { name, lambdas, line, colour, ink: text, width: 1.75, dash: [], mark: null }
    }),
    {
      name: `${path} mean`,
      lambdas,
      line: mean,
      colour: text,
      ink: text,
      width: 2,
      dash: [6, 3],
      mark: barrierText(mean, metric),
    },
  ]
}
