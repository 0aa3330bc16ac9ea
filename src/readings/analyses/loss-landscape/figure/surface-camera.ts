/** View direction of a surface, in parallel projection, so that panels can be compared. */
export interface SurfaceCamera {
  /** Degrees around the axis of the loss. */
  azimuth: number
  /** Degrees above the ground. */
  elevation: number
  /** 1: the whole surface fits its panel. */
  zoom: number
}

export const defaultCamera: SurfaceCamera = { azimuth: -38, elevation: 28, zoom: 1 }
export const elevationRange = { low: 5, high: 90 }
export const zoomRange = { low: 0.5, high: 8 }

/** Height of the highest loss where both directions reach from −1 to 1. */
export const surfaceHeight = 1.15

/** δ and η from −1 to 1, and the height from 0 to `surfaceHeight`. */
export type SurfacePoint = readonly [number, number, number]

/** Pixels from the left and from the top, and how near to the reader. */
export type SeenPoint = readonly [number, number, number]

/** A camera for a panel of so many pixels. */
export interface SurfaceProjection {
  seen(point: SurfacePoint): SeenPoint
  /** The same for graphics hardware: clip space from −1 to 1, column by column. */
  matrix: readonly number[]
}

/** The middle of the surface's box is in the middle of the panel, below its caption. */
export function surfaceProjection(
  { azimuth, elevation, zoom }: SurfaceCamera,
  { width, height }: { width: number; height: number },
): SurfaceProjection {
  const [around, above] = [azimuth, elevation].map((degrees) => (degrees * Math.PI) / 180)
  const [cosA, sinA, cosE, sinE] = [Math.cos(around!), Math.sin(around!), Math.cos(above!), Math.sin(above!)]
  const tall = widest * sinE + surfaceHeight * cosE
  const scale = zoom * Math.min(width / (widest + air), (height - captionHeight) / (tall + air))
  const right = [scale * cosA, -scale * sinA, 0]
  const up = [scale * sinA * sinE, scale * cosA * sinE, scale * cosE]
  const near = [-sinA * cosE, -cosA * cosE, sinE]
  const [centreX, centreY] = [width / 2, (height + captionHeight + scale * cosE * surfaceHeight) / 2]
  return {
    seen: (point) => [centreX + dot(right, point), centreY - dot(up, point), dot(near, point)],
    matrix: columns(
      [...right.map((share) => (2 * share) / width), (2 * centreX) / width - 1],
      [...up.map((share) => (2 * share) / height), 1 - (2 * centreY) / height],
      [...near.map((share) => -share / deepEnough), 0],
    ),
  }
}

/** The base plane seen from any side, and the margin around the box. */
const widest = 2 * Math.SQRT2
const air = 0.3
/** Height of the text at the top of a panel (pixels). */
const captionHeight = 16
const deepEnough = 4

function dot(a: readonly number[], [x, y, z]: SurfacePoint): number {
  return a[0]! * x + a[1]! * y + a[2]! * z
}

function columns(x: readonly number[], y: readonly number[], z: readonly number[]): number[] {
  return [0, 1, 2, 3].flatMap((column) => [x[column]!, y[column]!, z[column]!, column === 3 ? 1 : 0])
}
