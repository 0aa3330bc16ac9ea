type Point = readonly [number, number]

/** Outlines of markers in a box of 20 × 20, equal in visual weight; the circle has none, being one. */
const outlines = {
  triangle: [
    [10, 1.5],
    [19, 17.5],
    [1, 17.5],
  ],
  'triangle-down': [
    [10, 18.5],
    [1, 2.5],
    [19, 2.5],
  ],
  square: [
    [2.5, 2.5],
    [17.5, 2.5],
    [17.5, 17.5],
    [2.5, 17.5],
  ],
  diamond: [
    [10, 0],
    [20, 10],
    [10, 20],
    [0, 10],
  ],
  cross: [
    [7.2, 1],
    [12.8, 1],
    [12.8, 7.2],
    [19, 7.2],
    [19, 12.8],
    [12.8, 12.8],
    [12.8, 19],
    [7.2, 19],
    [7.2, 12.8],
    [1, 12.8],
    [1, 7.2],
    [7.2, 7.2],
  ],
  star: [
    [10, 0.5],
    [12.7, 7.3],
    [20, 7.8],
    [14.4, 12.4],
    [16.2, 19.5],
    [10, 15.6],
    [3.8, 19.5],
    [5.6, 12.4],
    [0, 7.8],
    [7.3, 7.3],
  ],
  saltire: [
    [3.2, 1],
    [10, 7.8],
    [16.8, 1],
    [19, 3.2],
    [12.2, 10],
    [19, 16.8],
    [16.8, 19],
    [10, 12.2],
    [3.2, 19],
    [1, 16.8],
    [7.8, 10],
    [1, 3.2],
  ],
  circle: [],
} satisfies Record<string, readonly Point[]>

export type MarkerName = keyof typeof outlines

/** The bare backbone's marker; regimes have theirs in `regimeStyles`. */
export const backboneMarker: MarkerName = 'saltire'

interface PlacedMarker {
  /** Centre in pixels. */
  x: number
  y: number
  /** Side of the marker's box in pixels. */
  size: number
  colour: string
  /** Colour inside a hollow marker; without it the marker is filled. */
  hollow?: string | undefined
}

/** The marker as ECharts' symbol of a series, in a box of `size` pixels. */
export function markerSymbol(name: MarkerName, size: number) {
  if (name === 'circle') return { symbol: 'circle', symbolSize: 0.9 * size }
  const extent = (axis: number) => {
    const values = outlines[name].map((point) => point[axis]!)
    return ((Math.max(...values) - Math.min(...values)) / 20) * size
  }
  const path = outlines[name].map((point) => point.join(' ')).join('L')
  return { symbol: `path://M${path}z`, symbolSize: [extent(0), extent(1)] }
}

/** The marker as an ECharts graphic element. */
export function markerElement(name: MarkerName, { x, y, size, colour, hollow }: PlacedMarker) {
  const style = hollow === undefined ? { fill: colour } : { fill: hollow, stroke: colour, lineWidth: 1.25 }
  if (name === 'circle')
    return { type: 'circle' as const, silent: true, shape: { cx: x, cy: y, r: 0.45 * size }, style }
  const scale = size / 20
  const points = outlines[name].map(([px, py]) => [x + (px! - 10) * scale, y + (py! - 10) * scale])
  return { type: 'polygon' as const, silent: true, shape: { points }, style }
}

/** The marker as the `d` of an SVG path. */
export function markerPath(name: MarkerName, { x, y, size }: Omit<PlacedMarker, 'colour' | 'hollow'>): string {
  const radius = 0.45 * size
  if (name === 'circle')
    return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`
  const scale = size / 20
  return `M${outlines[name].map(([px, py]) => `${x + (px! - 10) * scale} ${y + (py! - 10) * scale}`).join('L')}z`
}
