import type { GraphicComponentOption } from 'echarts'
import { markerElement, type MarkerName } from './markers.ts'
import { pixelX, pixelY, type Plot } from './plot.ts'
import { seriesStyle, type FigureTheme } from './regimes.ts'
import { lineOfText } from './text.ts'

/** The name of a series, written behind the end of its line. */
export interface EndLabel {
  text: string
  /** End of the line, in axis values. */
  end: readonly [number, number]
  colour: string
  ink: string
  /** Drawn before the name, where the series has one. */
  marker?: MarkerName
  /** Of the line, as lengths of dashes and gaps in pixels; unset where no line leads to the marker. */
  dash?: readonly number[]
  /** Whether a piece of the line stands before the name, which its dash alone tells from others. */
  hasPiece?: boolean
  /** Colour inside a hollow marker. */
  hollow?: string | undefined
  /** Less than 1 if another series is focused. Default: 1. */
  opacity?: number
}

interface LabelledSeries {
  regime: string
  look: number | null
  /** Its name. */
  series: string
  seeds: readonly number[]
}

/** Names of series in their looks, behind where `endOf` says that their lines end; with their seeds where these differ. */
export function seriesLabels<Series extends LabelledSeries>(
  all: readonly Series[],
  endOf: (series: Series) => readonly [number, number] | null,
  theme: FigureTheme,
): EndLabel[] {
  const alike = new Set(all.map(({ seeds }) => seeds.length)).size === 1
  return all.flatMap((each): EndLabel[] => {
    const end = endOf(each)
    const { line, ink, marker, dash } = seriesStyle(each)
    const text = each.series + (alike ? '' : `, n = ${each.seeds.length}`)
    return end === null ? [] : [{ text, end, colour: line[theme], ink: ink[theme], marker, dash }]
  })
}

/** Pixels that a leader bridges between the plot and the names, marker included. */
export const endLabelGap = 40

const smallestDistance = 14
const longLeader = 60
const pieceLength = 18
/** Pixels; enough for a dash and a dot. */
const shortPiece = 14
/** Pixels of a piece before a name, and between them. */
export const pieceRoom = shortPiece + 3

/**
 * Names at the line ends, `gap` pixels behind the plot, pushed apart so that none covers another, each with a thin leader; of a line
 * that ends far from its name with a piece of the line, since a leader across the plot looks like data.
 */
export function endLabels(labels: readonly EndLabel[], plot: Plot, gap = endLabelGap): GraphicComponentOption[] {
  const wanted = labels.map(({ end }) => pixelY(plot, end[1]))
  const heights = spreadApart(wanted, smallestDistance, [plot.top, plot.bottom - smallestDistance / 2])
  return labels.flatMap((label, i) => endLabel(label, plot, { from: wanted[i]!, to: heights[i]!, gap }))
}

function endLabel(
  label: EndLabel,
  plot: Plot,
  { from, to, gap }: { from: number; to: number; gap: number },
): GraphicComponentOption[] {
  const opacity = label.opacity ?? 1
  const start = pixelX(plot, label.end[0])
  const textX = plot.right + gap
  const markEnd = label.marker ? textX - 16 : textX - 3
  const leaderEnd = label.hasPiece ? markEnd - pieceRoom : markEnd
  const isFar = plot.right - start > longLeader
  return [
    ...(label.hasPiece || isFar
      ? pieceOfLine(label, { x: markEnd, y: to, opacity, length: label.hasPiece ? shortPiece : pieceLength })
      : []),
    ...(isFar
      ? []
      : [
          {
            type: 'polyline' as const,
            silent: true,
            shape: {
              points: [
                [start + 5, from],
                [Math.max(start + 5, plot.right + 4), from],
                [leaderEnd - 3, to],
                [leaderEnd, to],
              ],
            },
            style: { stroke: label.colour, lineWidth: 0.75, opacity: 0.7 * opacity, fill: 'none' },
          },
        ]),
    ...(label.marker ? [faded(markerOf(label, label.marker, { x: textX - 10, y: to }), opacity)] : []),
    faded(lineOfText(label.text, { x: textX, y: to, colour: label.ink, weight: 500 }), Math.max(opacity, 0.4)),
  ]
}

/** In the look of the line, ending at a place; none of a point. */
function pieceOfLine(
  { colour, dash }: EndLabel,
  { x, y, opacity, length }: { x: number; y: number; opacity: number; length: number },
): GraphicComponentOption[] {
  if (dash === undefined) return []
  return [
    {
      type: 'polyline',
      silent: true,
      shape: {
        points: [
          [x - length, y],
          [x, y],
        ],
      },
      style: { stroke: colour, lineWidth: 1.5, opacity, fill: 'none', ...(dash.length > 0 && { lineDash: [...dash] }) },
    },
  ]
}

function markerOf({ colour, hollow }: EndLabel, marker: MarkerName, place: { x: number; y: number }) {
  return markerElement(marker, { ...place, size: 8, colour, hollow })
}

function faded<Element extends { style: object }>(element: Element, opacity: number): Element {
  return opacity < 1 ? { ...element, style: { ...element.style, opacity } } : element
}

/**
 * Moves positions apart to at least `gap`, as little as possible in squares, keeping their order and staying within
 * `low` … `high` (where they fit at all: else they spread evenly over it). Returns them in the order given.
 */
function spreadApart(positions: readonly number[], gap: number, [low, high]: readonly [number, number]): number[] {
  const order = positions.map((position, index) => ({ position, index })).sort((a, b) => a.position - b.position)
  const room = order.length > 1 ? Math.min(gap, (high - low) / (order.length - 1)) : gap
  const clusters: { sum: number; count: number }[] = []
  order.forEach(({ position }, rank) => {
    clusters.push({ sum: position - rank * room, count: 1 })
    while (clusters.length > 1 && average(clusters.at(-2)!) >= average(clusters.at(-1)!)) {
      const last = clusters.pop()!
      clusters.at(-1)!.sum += last.sum
      clusters.at(-1)!.count += last.count
    }
  })
  const highest = high - (order.length - 1) * room
  const offsets = clusters.flatMap((cluster) =>
    new Array<number>(cluster.count).fill(Math.min(Math.max(average(cluster), low), highest)),
  )
  const spread = new Array<number>(positions.length)
  order.forEach(({ index }, rank) => (spread[index] = offsets[rank]! + rank * room))
  return spread
}

function average({ sum, count }: { sum: number; count: number }): number {
  return sum / count
}
