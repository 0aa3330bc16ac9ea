import type { LandscapePanel } from './panel.ts'
import { lossShare, lossText, lossTicks, type LossScale } from './scale.ts'
import { surfaceHeight, type SeenPoint, type SurfacePoint, type SurfaceProjection } from './surface-camera.ts'

/** Lines and words around a surface, in pixels of its panel. */
export interface SurfaceAxes {
  lines: readonly (readonly [SeenPoint, SeenPoint])[]
  words: readonly { text: string; x: number; y: number; align: 'left' | 'center' | 'right'; title: boolean }[]
}

/** Width of a panel from which on there is room for ticks; else the two directions alone are named. */
const roomForTicks = 300

const ground: SurfacePoint = [0, 0, 0]
const tickLength = 5
const tickOffset = 14

/** Of a panel so many pixels wide: the base plane, both directions along its near edges, and the loss axis at its left corner. */
export function surfaceAxes(
  projection: SurfaceProjection,
  { panel, scale, width }: { panel: Pick<LandscapePanel, 'coefficients'>; scale: LossScale; width: number },
): SurfaceAxes {
  const { seen } = projection
  const ticks = width >= roomForTicks
  const reach = panel.coefficients.at(-1)!
  const near = (axis: 0 | 1) => {
    const nearer = (sign: number) => seen(onAxis(axis, sign))[2]
    return nearer(-1) > nearer(1) ? -1 : 1
  }
  const [deltaSide, etaSide] = [near(1), near(0)]
  const edges = [
    edgeAxis(seen, { name: 'δ', reach, ticks, at: (along) => [along, deltaSide, 0], outward: onAxis(1, deltaSide) }),
    edgeAxis(seen, { name: 'η', reach, ticks, at: (along) => [etaSide, along, 0], outward: onAxis(0, etaSide) }),
  ]
  const loss = ticks ? [lossAxis(seen, scale)] : []
  return {
    lines: [...groundEdges(seen), ...[...edges, ...loss].flatMap(({ lines }) => lines)],
    words: [...edges, ...loss].flatMap(({ words }) => words),
  }
}

function onAxis(axis: 0 | 1, sign: number): SurfacePoint {
  return axis === 0 ? [sign, 0, 0] : [0, sign, 0]
}

function groundEdges(seen: SurfaceProjection['seen']): SurfaceAxes['lines'] {
  const corners = groundCorners.map(seen)
  return corners.map((corner, index) => [corner, corners[(index + 1) % 4]!] as const)
}

const groundCorners: readonly SurfacePoint[] = [
  [-1, -1, 0],
  [1, -1, 0],
  [1, 1, 0],
  [-1, 1, 0],
]

interface EdgeAxis {
  name: string
  /** The largest coefficient. */
  reach: number
  ticks: boolean
  at: (along: number) => SurfacePoint
  outward: SurfacePoint
}

function edgeAxis(seen: SurfaceProjection['seen'], { name, reach, ticks, at, outward }: EdgeAxis): SurfaceAxes {
  const [dx, dy] = direction(seen(ground), seen(outward))
  const word = (text: string, along: number, { offset, title }: { offset: number; title: boolean }) => {
    const [x, y] = seen(at(along))
    return { text, x: x + offset * dx, y: y + offset * dy, align: 'center' as const, title }
  }
  const marks = ticks ? [-1, 0, 1] : []
  return {
    lines: marks.map((along) => {
      const from = seen(at(along))
      return [from, [from[0] + tickLength * dx, from[1] + tickLength * dy, from[2]]] as const
    }),
    words: [
      ...marks.map((along) =>
        word(lossText(along * reach).replace('-', '−'), along, { offset: tickOffset, title: false }),
      ),
      word(name, ticks ? 0.5 : 0, { offset: ticks ? tickOffset : 11, title: true }),
    ],
  }
}

/** From the ground up, where the ground reaches furthest to the left. */
function lossAxis(seen: SurfaceProjection['seen'], scale: LossScale): SurfaceAxes {
  const [x, y] = groundCorners.reduce((left, corner) => (seen(corner)[0] < seen(left)[0] ? corner : left))
  const at = (share: number) => seen([x, y, surfaceHeight * share])
  const length = Math.abs(at(1)[1] - at(0)[1])
  const all = length < 40 ? [] : lossTicks(scale, Math.max(2, Math.min(6, Math.floor(length / 22))))
  // The end of another axis is at this tick.
  const ticks = all.filter((tick) => length * lossShare(scale, tick) > 6)
  return {
    lines: [
      [at(0), at(1)],
      ...ticks.map((tick) => {
        const from = at(lossShare(scale, tick))
        return [from, [from[0] - tickLength, from[1], from[2]]] as const
      }),
    ],
    words: ticks.map((tick) => {
      const [left, top] = at(lossShare(scale, tick))
      return { text: lossText(tick), x: left - tickLength - 3, y: top, align: 'right' as const, title: false }
    }),
  }
}

function direction([x, y]: SeenPoint, [toX, toY]: SeenPoint): [number, number] {
  const length = Math.hypot(toX - x, toY - y) || 1
  return [(toX - x) / length, (toY - y) / length]
}
