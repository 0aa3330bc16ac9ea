import type { CustomSeriesOption } from 'echarts'
import { bandOpacity } from './key.ts'

export interface BandPoint {
  x: number
  low: number
  high: number
}

/** The area between `low` and `high`, usually ±1 standard deviation, behind the lines; nothing without points. */
export function spreadBand(
  name: string,
  points: readonly BandPoint[],
  { colour, opacity = 1 }: { colour: string; opacity?: number },
): CustomSeriesOption[] {
  const outline = [...points.map(({ x, high }) => [x, high]), ...points.toReversed().map(({ x, low }) => [x, low])]
  if (outline.length === 0) return []
  return [
    {
      type: 'custom',
      name,
      z: 2,
      silent: true,
      clip: true,
      data: outline,
      encode: { x: 0, y: 1 },
      renderItem: ({ dataIndex }, { coord }) =>
        dataIndex > 0
          ? null
          : {
              type: 'polygon',
              shape: { points: outline.map((point) => coord(point)) },
              style: { fill: colour, opacity: bandOpacity * opacity },
            },
    },
  ]
}
