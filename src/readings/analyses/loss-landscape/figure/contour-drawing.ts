import { surfaceCells, cornersOf, gridCorners, type GridPosition, type SurfaceCell } from './cells.ts'
import { centreIndex, type LandscapePanel, type LossSurface } from './panel.ts'
import { lossShare, lossText, lossTicks, type LossScale } from './scale.ts'
import type { FigureFrame } from '../../../../figures/plot.ts'
import { cellColour, type SurfaceCuts } from './surface-scene.ts'
import { svgNumber, svgPath, svgWords } from '../../../../figures/svg.ts'
import { figureColours } from '../../../../figures/theme.ts'
import { inkOnViridis } from '../../../../figures/colour-steps.ts'

/** Options of contours. */
export interface ContourLook {
  scale: LossScale
  cuts: SurfaceCuts | null
}

/** The square that a contour is drawn in, in pixels. */
interface ContourPlot {
  left: number
  top: number
  side: number
  /** Whether there is room for the names and the ticks of both axes. */
  named: boolean
}

const roomForNames = 200
const mostLevels = 9

/** Below the row of the lowest and the highest loss, in the middle. */
function contourPlot({ width, height }: Pick<FigureFrame, 'width' | 'height'>): ContourPlot {
  const named = width >= roomForNames && height >= roomForNames
  const [left, right, top, bottom] = named ? [28, 10, 40, 38] : [6, 6, 20, 6]
  const side = Math.max(0, Math.min(width - left - right, height - top - bottom))
  return { left: left + (width - left - right - side) / 2, top: top + (height - top - bottom - side) / 2, side, named }
}

/** A surface from above as SVG: cells in the colours of the scale, lines of equal loss, both slices and the trained weights. */
export function contourDrawing(panel: LandscapePanel, { scale, cuts }: ContourLook, frame: FigureFrame): string {
  const plot = contourPlot(frame)
  if (surfaceCells(panel).length === 0) return axes(panel, plot, frame).join('')
  const place = placing(panel, plot)
  const middle = centreIndex(panel)
  const [x, y] = place([middle, middle])
  return [
    ...cellRectangles(panel, scale, place),
    ...levelLines(panel, scale, place),
    ...(cuts === null ? [] : [cutLines(panel, cuts, place)]),
    `<circle cx="${svgNumber(x)}" cy="${svgNumber(y)}" r="3" fill="#ffffff" stroke="#000000"/>`,
    ...axes(panel, plot, frame),
  ].join('')
}

/** Position of a grid point in a panel (pixels). */
export function contourPlace(panel: LandscapePanel, frame: Pick<FigureFrame, 'width' | 'height'>): Placing {
  return placing(panel, contourPlot(frame))
}

/** The point of the grid nearest to a pixel of the square, by its indices; null outside of it. */
export function contourPointAt(
  { coefficients }: LandscapePanel,
  frame: Pick<FigureFrame, 'width' | 'height'>,
  { x, y }: { x: number; y: number },
): readonly [number, number] | null {
  const { left, top, side } = contourPlot(frame)
  const [right, up] = [(x - left) / side, (top + side - y) / side]
  if (right < 0 || right > 1 || up < 0 || up > 1) return null
  const last = coefficients.length - 1
  return [Math.round(right * last), Math.round(up * last)]
}

type Placing = (place: GridPosition) => readonly [number, number]

/** δ to the right, η upwards. */
function placing({ coefficients }: LandscapePanel, { left, top, side }: ContourPlot): Placing {
  const step = side / (coefficients.length - 1)
  return ([i, j]) => [left + i * step, top + side - j * step]
}

function cellRectangles(panel: LandscapePanel, scale: LossScale, place: Placing): string[] {
  return surfaceCells(panel).map((cell) => {
    const d = svgPath(gridCorners(cell).toReversed().map(place), true)
    const colour = cellColour(panel, scale, cell)
    // The edge of the same colour closes the hairline between two cells.
    return `<path d="${d}" fill="${colour}" stroke="${colour}" stroke-width="0.5"/>`
  })
}

function levelLines(panel: LandscapePanel, scale: LossScale, place: Placing): string[] {
  const cells = surfaceCells(panel)
  const levels = lossTicks(scale, mostLevels).filter((level) => level > scale.low)
  return levels.flatMap((level) => {
    const lines = contourLines(panel.values, cells, level)
    if (lines.length === 0) return []
    const d = lines.map((line) => svgPath(line.map(place))).join('')
    const ink = inkOnViridis(lossShare(scale, level))
    return [
      `<path fill="none" stroke="${ink}" stroke-opacity="0.75" stroke-width="0.8" stroke-linecap="round" d="${d}"/>`,
    ]
  })
}

function cutLines({ coefficients }: LandscapePanel, { delta, eta }: SurfaceCuts, place: Placing): string {
  const end = coefficients.length - 1
  const d = svgPath([place([0, eta]), place([end, eta])]) + svgPath([place([delta, 0]), place([delta, end])])
  return `<path fill="none" stroke="#ffffff" stroke-width="1.2" stroke-dasharray="3 3" d="${d}"/>`
}

function axes(
  { coefficients }: LandscapePanel,
  { left, top, side, named }: ContourPlot,
  { theme }: FigureFrame,
): string[] {
  if (!named) return []
  const { text, muted } = figureColours[theme]
  const reach = coefficients.at(-1)!
  const [right, bottom] = [left + side, top + side]
  const ticks = [-1, 0, 1].map((end) => ({ share: (end + 1) / 2, label: lossText(end * reach).replace('-', '−') }))
  return [
    ...ticks.flatMap(({ share, label }) => [
      svgWords(label, { x: left + share * side, y: bottom + 10, colour: muted, align: 'center' }),
      svgWords(label, { x: left - 5, y: bottom - share * side, colour: muted, align: 'right' }),
    ]),
    svgWords('coefficient of η', { x: Math.max(6, left - 24), y: top - 12, colour: text }),
    svgWords('coefficient of δ', { x: (left + right) / 2, y: bottom + 26, colour: text, align: 'center' }),
  ]
}

/**
 * Where a surface has the value `level`: pieces of line by marching squares, linear along the edges of each cell. In a saddle the
 * mean of the corners decides which of them are joined.
 */
export function contourLines(
  values: LossSurface,
  cells: readonly SurfaceCell[],
  level: number,
): [GridPosition, GridPosition][] {
  return cells.flatMap((cell) => piecesOf(gridCorners(cell), cornersOf(values, cell) as number[], level))
}

function piecesOf(
  places: readonly GridPosition[],
  corners: readonly number[],
  level: number,
): [GridPosition, GridPosition][] {
  const crossings = [0, 1, 2, 3].flatMap((edge) => {
    const [from, to] = [edge, (edge + 1) % 4]
    if (corners[from]! >= level === corners[to]! >= level) return []
    const share = (level - corners[from]!) / (corners[to]! - corners[from]!)
    return [between(places[from]!, places[to]!, share)]
  })
  if (crossings.length < 4) return crossings.length === 2 ? [[crossings[0]!, crossings[1]!]] : []
  const [a, b, c, d] = crossings as [GridPosition, GridPosition, GridPosition, GridPosition]
  const middle = corners.reduce((sum, value) => sum + value, 0) / 4
  // The first corner and the middle on one side: lines go round the second and the fourth corner.
  return corners[0]! >= level === middle >= level
    ? [
        [a, b],
        [c, d],
      ]
    : [
        [d, a],
        [b, c],
      ]
}

function between([i, j]: GridPosition, [toI, toJ]: GridPosition, share: number): GridPosition {
  return [i + share * (toI - i), j + share * (toJ - j)]
}
