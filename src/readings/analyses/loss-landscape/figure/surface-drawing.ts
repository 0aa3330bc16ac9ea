import type { LandscapePanel } from './panel.ts'
import type { LossScale } from './scale.ts'
import type { FigureFrame } from '../../../../figures/plot.ts'
import { surfaceAxes } from './surface-axes.ts'
import { surfaceProjection } from './surface-camera.ts'
import type { SeenPoint, SurfaceCamera, SurfacePoint, SurfaceProjection } from './surface-camera.ts'
import { surfaceScene, type SurfaceCuts, type SurfaceScene } from './surface-scene.ts'
import { svgNumber, svgPath, svgWords } from '../../../../figures/svg.ts'
import { figureColours } from '../../../../figures/theme.ts'

/** Options of surfaces. */
export interface SurfaceLook {
  camera: SurfaceCamera
  scale: LossScale
  /** Slices that are drawn on it. */
  cuts: SurfaceCuts | null
}

/** Lines on a surface. Its upper side keeps the exact colours of the scale. */
export const surfaceLines = {
  mesh: { width: 0.5 },
  cut: { colour: '#ffffff', width: 1.5 },
} as const

/** Minimum cell size for visible edges (pixels). */
const fewestPixels = 4

/** Whether the edges of a surface's cells are drawn: not where they would be all that is seen. */
export function hasVisibleEdges(
  { coefficients }: Pick<LandscapePanel, 'coefficients'>,
  { camera }: Pick<SurfaceLook, 'camera'>,
  { width, height }: Pick<FigureFrame, 'width' | 'height'>,
): boolean {
  return (camera.zoom * Math.min(width, height)) / coefficients.length >= fewestPixels
}

/** Shade of a colour of the scale on the edges of cells and on the underside of a surface. */
export const shade = 0.78

function darker(colour: string): string {
  const channels = [1, 3, 5].map((start) => Math.round(shade * Number.parseInt(colour.slice(start, start + 2), 16)))
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

/**
 * A surface as SVG, without graphics hardware: cells from the farthest to the nearest, each over what it hides, with the slices
 * among them. The same camera, cells and colours as on the screen.
 */
export function surfaceDrawing(
  panel: LandscapePanel,
  { camera, scale, cuts }: SurfaceLook,
  frame: FigureFrame,
): string {
  const projection = surfaceProjection(camera, frame)
  const colours = figureColours[frame.theme]
  const { lines, words } = surfaceAxes(projection, { panel, scale, width: frame.width })
  const edges = hasVisibleEdges(panel, { camera }, frame)
  const ground = lines.map((line) => svgPath(line)).join('')
  return [
    `<path fill="none" stroke="${colours.axis}" stroke-width="0.75" d="${ground}"/>`,
    ...ordered(surfaceScene(panel, scale, cuts), projection, edges),
    ...words.map(({ text, x, y, align, title }) =>
      svgWords(text, { x, y, align, colour: title ? colours.text : colours.muted }),
    ),
  ].join('')
}

/** From the farthest to the nearest on the ground: of a surface that has one height everywhere nothing can be hidden otherwise. */
function ordered({ cells, cuts, centre }: SurfaceScene, projection: SurfaceProjection, edges: boolean): string[] {
  const onGround = ([x, y]: SurfacePoint) => projection.seen([x, y, 0])[2]
  const path = (points: readonly SurfacePoint[], closed: boolean) => svgPath(points.map(projection.seen), closed)
  const drawnCells = cells.map(({ corners, colour }) => {
    const shown = seenFromBelow(corners.map(projection.seen)) ? darker(colour) : colour
    return {
      near: corners.reduce((sum, corner) => sum + onGround(corner), 0) / 4,
      svg: cellPath(path(corners, true), shown, edges ? darker(shown) : shown),
    }
  })
  const drawnCuts = cuts.flatMap((line) =>
    line.slice(1).map((to, index) => ({
      // In front of the cells on both of its sides.
      near: (onGround(line[index]!) + onGround(to)) / 2 + cellDepth(line[index]!, to, onGround),
      svg: cutPath(path([line[index]!, to], false)),
    })),
  )
  const all = [...drawnCells, ...drawnCuts].sort((a, b) => a.near - b.near)
  return [...all.map(({ svg }) => svg), ...(centre === null ? [] : [centreMark(projection.seen(centre))])]
}

/** The edge is opaque, or the ground would shine through between two cells. */
function cellPath(d: string, colour: string, edge: string): string {
  const line = `stroke="${edge}" stroke-width="${surfaceLines.mesh.width}" stroke-linejoin="round"`
  return `<path d="${d}" fill="${colour}" ${line}/>`
}

/** Whether corners that are counter-clockwise in the base plane appear clockwise. */
function seenFromBelow(corners: readonly SeenPoint[]): boolean {
  const area = corners.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % corners.length]!
    return sum + x * nextY - nextX * y
  }, 0)
  // Pixels count downwards.
  return area > 0
}

function cutPath(d: string): string {
  const { colour, width } = surfaceLines.cut
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round"/>`
}

/** Half the depth of a cell as wide as the piece of line is long. */
function cellDepth(from: SurfacePoint, to: SurfacePoint, onGround: (point: SurfacePoint) => number): number {
  const side = Math.hypot(to[0] - from[0], to[1] - from[1])
  const [x, y] = [onGround([1, 0, 0]), onGround([0, 1, 0])]
  return 0.51 * side * (Math.abs(x) + Math.abs(y))
}

function centreMark([x, y]: SeenPoint): string {
  const place = `cx="${svgNumber(x)}" cy="${svgNumber(y)}"`
  return `<circle ${place} r="3" fill="#ffffff" stroke="#000000" stroke-width="1"/>`
}
