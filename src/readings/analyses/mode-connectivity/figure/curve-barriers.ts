import type { GraphicComponentOption } from 'echarts'
import type { PathLine } from '../profile.ts'
import { pixelX, pixelY, textWidth, type Plot } from '../../../../figures/plot.ts'
import { lineOfText } from '../../../../figures/text.ts'

/** A line whose barrier is marked. */
interface BarrierMark {
  name: string
  line: PathLine
  lambdas: readonly number[]
  /** `barrier 0.91` */
  text: string
  colour: string
  ink: string
  weight: 400 | 500
}

/** Pixels from a dot to the middle of its words. */
const distance = 12
/** Between the middles of words that are above their dots, so that none covers the dot of another. */
const apart = 30
const lineHeight = 15
const halfHeight = 7

/**
 * A dot where each line is furthest from the straight line between its ends, named: above it, or below where lines fall. The
 * words of a line that is nearer to its straight line give way.
 */
export function barrierMarks(
  all: readonly BarrierMark[],
  plot: Plot,
  { side, ground }: { side: 'above' | 'below'; ground: string },
): GraphicComponentOption[] {
  const marks = joined(all)
  const words = marks.map((mark) => wordsOf(mark, plot))
  const heights = side === 'above' ? wordsAbove(words, plot.top + 6) : wordsBelow(words, plot.bottom - 8)
  return marks.flatMap(({ colour, ink, weight }, index) => {
    const { text, x, y, textX, half } = words[index]!
    return [
      {
        // Over the guide lines, under the curves and their straight lines.
        type: 'rect',
        silent: true,
        z: 1.5,
        shape: { x: textX - half, y: heights[index]! - halfHeight, width: 2 * half, height: 2 * halfHeight },
        style: { fill: ground, opacity: 0.8 },
      },
      { type: 'circle' as const, silent: true, z: 11, shape: { cx: x, cy: y, r: 3 }, style: { fill: colour } },
      { ...lineOfText(text, { x: textX, y: heights[index]!, colour: ink, weight, align: 'center' }), z: 10 },
    ]
  })
}

/** The words of a dot, and what of their line they have above and below them, in pixels. */
interface Words {
  text: string
  x: number
  y: number
  /** Their middle, and half their width. */
  textX: number
  half: number
  /** The highest and the lowest pixel of the line where they stand. */
  top: number
  bottom: number
  /** The same of the straight line between the ends. */
  chord: { top: number; bottom: number }
}

function wordsOf({ name, text: barrier, line, lambdas }: BarrierMark, plot: Plot): Words {
  const text = `${name}, ${barrier}`
  const xs = lambdas.map((lambda) => pixelX(plot, lambda))
  const ys = line.values.map(({ mean }) => pixelY(plot, Math.min(mean, plot.y.high)))
  const [x, y] = [xs[line.peak]!, ys[line.peak]!]
  const half = textWidth(text) / 2
  const textX = Math.min(Math.max(x, plot.left + half + 2), plot.right - half - 2)
  const covered = [y, ...ys.filter((_, place) => Math.abs(xs[place]! - textX) <= half)]
  return {
    text,
    x,
    y,
    textX,
    half,
    ...extent(covered),
    chord: extent(chordHeights(ys, plot, [textX - half, textX + half])),
  }
}

/** Of the straight line between the ends of a line, at some pixels from left to right. */
function chordHeights(ys: readonly number[], { left, right }: Plot, xs: readonly number[]): number[] {
  return xs.map((x) => ys[0]! + ((ys.at(-1)! - ys[0]!) * (x - left)) / (right - left))
}

function extent(ys: readonly number[]): { top: number; bottom: number } {
  return { top: Math.min(...ys), bottom: Math.max(...ys) }
}

type WordsExtent = Pick<Words, 'y' | 'bottom' | 'chord'>

/**
 * Height of the words of each dot: above it, but below their line where the words or the dot of a higher one are there, and
 * never across the straight line between the ends.
 */
function wordsAbove(all: readonly WordsExtent[], highest: number): number[] {
  const order = all.map((_, index) => index).sort((a, b) => all[a]!.y - all[b]!.y)
  const heights = all.map(() => 0)
  let last = -Infinity
  for (const index of order) {
    const { y, bottom, chord } = all[index]!
    const above = Math.max(highest, y - distance)
    last = above - last < apart ? pastChord(Math.max(bottom + distance, last + lineHeight), chord) : above
    heights[index] = last
  }
  return heights
}

function pastChord(height: number, { top, bottom }: Words['chord']): number {
  const isAcross = height + halfHeight > top && height - halfHeight < bottom
  return isAcross ? bottom + distance : height
}

function wordsBelow(all: readonly Words[], lowest: number): number[] {
  const mirrored = all.map(({ y, top, chord }) => ({
    y: -y,
    bottom: -top,
    chord: { top: -chord.bottom, bottom: -chord.top },
  }))
  return wordsAbove(mirrored, -lowest).map((height) => -height)
}

/** Lines that are the same, as where matching has nothing to permute, have one dot: the last one's. */
function joined(marks: readonly BarrierMark[]): BarrierMark[] {
  const groups = Map.groupBy(marks, ({ line }) => JSON.stringify([line.peak, line.values[line.peak]]))
  return [...groups.values()].map((same) => ({ ...same.at(-1)!, name: same.map(({ name }) => name).join(' and ') }))
}
