import { landscapeSummary, type LandscapePanel } from './panel.ts'
import { lossShare, lossText, lossTicks, type LossScale } from './scale.ts'
import { hasTitle, textWidth, type FigureFrame } from '../../../../figures/plot.ts'
import { seriesStyle } from '../../../../figures/regimes.ts'
import { svgDocument, svgNumber, svgWords } from '../../../../figures/svg.ts'
import { figureColours } from '../../../../figures/theme.ts'
import { viridisStep, colourStepCount } from '../../../../figures/colour-steps.ts'
import { fittingApart, wrapped } from '../../../../figures/text.ts'

/** Panels beside and below each other, the same scale for all. */
export interface LandscapeMultiples {
  /** `loss on 1,000 training images, …`: data of the computation. */
  note: string
  rows: readonly { title: string; regime: string | null; look: number | null }[]
  columns: readonly string[]
  /** Row by row; null where a run has no such panel. `title` where rows and columns do not name it. */
  panels: readonly (readonly ({ panel: LandscapePanel; title: string | null } | null)[])[]
}

interface PanelBox {
  left: number
  top: number
  width: number
  height: number
}

/** Layout of a figure with many panels (pixels). */
interface LandscapeLayout {
  boxes: readonly (readonly PanelBox[])[]
  /** Headings of rows and columns, cut to the room that they have, and their middles. */
  rows: readonly { text: string; middle: number }[]
  columns: readonly { text: string; middle: number }[]
  headingBaseline: number
  /** Lines of text at the top, and the middle of each. */
  note: readonly { text: string; y: number }[]
  bar: { left: number; top: number; bottom: number }
}

const edge = 8
const gap = 6
/** Share of the width that the titles of rows may take. */
const mostOfTitles = 0.3
/** Pixels of the colour bar with its labels. */
export const lossBarRoom = 58
const noteLineHeight = 15
const headingHeight = 18

function landscapeLayout({ note, rows, columns }: LandscapeMultiples, frame: FigureFrame): LandscapeLayout {
  const lines = hasTitle(frame) ? wrapped(note, frame.width - 2 * edge) : []
  const noteHeight = lines.length === 0 ? 0 : 7 + noteLineHeight * lines.length
  const titles = fittingApart(
    rows.map(({ title }) => title),
    mostOfTitles * frame.width,
  )
  const widest = Math.max(0, ...titles.map(textWidth))
  const left = edge + (widest === 0 ? 0 : widest + 10)
  const right = frame.width - edge - lossBarRoom
  const top = noteHeight + (columns.some((title) => title !== '') ? headingHeight : 4)
  const bottom = frame.height - edge
  const lefts = shares(columns.length, left, right)
  const tops = shares(rows.length, top, bottom)
  const headings = fittingApart(columns, lefts[0]?.size ?? 0)
  return {
    boxes: tops.map((y) => lefts.map((x) => ({ left: x.from, top: y.from, width: x.size, height: y.size }))),
    rows: tops.map(({ from, size }, row) => ({ text: titles[row]!, middle: from + size / 2 })),
    columns: lefts.map(({ from, size }, column) => ({ text: headings[column]!, middle: from + size / 2 })),
    headingBaseline: noteHeight + headingHeight / 2,
    note: lines.map((text, index) => ({ text, y: 12 + noteLineHeight * index })),
    bar: { left: right + 12, top: top + 4, bottom: Math.min(bottom - 4, top + 240) },
  }
}

function shares(count: number, from: number, to: number): { from: number; size: number }[] {
  const size = (to - from - gap * (count - 1)) / count
  return Array.from({ length: count }, (_, index) => ({ from: from + index * (size + gap), size }))
}

/** Content of a panel, drawn in a box from (0, 0). */
type PanelDrawing = (panel: LandscapePanel, frame: FigureFrame) => string

/** A figure of many panels as a standalone SVG: rows and columns named, each with its lowest and highest loss, one colour bar. */
export function multiplesFigure(
  data: LandscapeMultiples,
  { frame, scale, title, draw }: { frame: FigureFrame; scale: LossScale; title: string; draw: PanelDrawing },
): string {
  const colours = figureColours[frame.theme]
  const layout = landscapeLayout(data, frame)
  return svgDocument(
    [
      ...layout.note.map(({ text, y }) => svgWords(text, { x: 8, y, colour: colours.muted })),
      ...headings(data, layout, frame),
      ...data.panels.flatMap((row, r) =>
        row.map(
          (cell, c) => cell && boxed(cell, { box: layout.boxes[r]![c]!, id: `panel-${r}-${c}`, frame, draw, scale }),
        ),
      ),
      ...lossBar(scale, layout.bar, frame),
    ].filter((part) => part !== null),
    { ...frame, surface: colours.surface, title },
  )
}

function headings({ rows }: LandscapeMultiples, layout: LandscapeLayout, { theme }: FigureFrame): string[] {
  const colour = figureColours[theme].text
  return [
    ...layout.columns.map(({ text, middle }) =>
      svgWords(text, { x: middle, y: layout.headingBaseline, colour, align: 'center', weight: 500 }),
    ),
    ...layout.rows.map(({ text, middle }, r) => {
      const { regime, look } = rows[r]!
      const ink = regime === null ? colour : seriesStyle({ regime, look }).ink[theme]
      return svgWords(text, { x: 8, y: middle, colour: ink, weight: 500 })
    }),
  ]
}

interface Boxed {
  box: PanelBox
  id: string
  frame: FigureFrame
  draw: PanelDrawing
  scale: LossScale
}

/** Whatever does not fit the box is cut off. */
function boxed(
  { panel, title }: { panel: LandscapePanel; title: string | null },
  { box, id, frame, draw, scale }: Boxed,
): string {
  const { axis, muted, text, surface } = figureColours[frame.theme]
  const size = `width="${svgNumber(box.width)}" height="${svgNumber(box.height)}"`
  const { left, right } = extremes(panel, scale)
  const middle = { x: box.width / 2, y: 11, colour: text, align: 'center' as const, weight: 500 as const }
  return [
    `<g transform="translate(${svgNumber(box.left)} ${svgNumber(box.top)})">`,
    `<clipPath id="${id}"><rect ${size}/></clipPath>`,
    `<rect ${size} rx="3" fill="${surface}" stroke="${axis}" stroke-opacity="0.45"/>`,
    `<g clip-path="url(#${id})">${draw(panel, { ...frame, width: box.width, height: box.height })}</g>`,
    svgWords(left, { x: 6, y: 11, colour: muted }),
    svgWords(right, { x: box.width - 6, y: 11, colour: muted, align: 'right' }),
    ...(title === null ? [] : [svgWords(title, middle)]),
    '</g>',
  ].join('')
}

/** Minimum and maximum of a panel as texts in its upper corners. */
export function extremes(panel: LandscapePanel, scale: LossScale): { left: string; right: string } {
  const { lowest, highest } = landscapeSummary(panel)
  if (lowest === null || highest === null) return { left: 'not computed yet', right: '' }
  const above = highest > scale.high
  return {
    left: `min ${lowest.toFixed(2)}`,
    right: above ? `max ≥ ${lossText(scale.high)}` : `max ${highest.toFixed(2)}`,
  }
}

/** Colour scale in steps, labelled with round losses. */
export function lossBar(
  scale: LossScale,
  { left, top, bottom }: LandscapeLayout['bar'],
  { theme }: FigureFrame,
): string[] {
  const { text, muted } = figureColours[theme]
  const [width, first] = [9, top + 18]
  const y = (share: number) => bottom - share * (bottom - first)
  const steps = Array.from({ length: colourStepCount }, (_, step) => {
    const [from, to] = [y(step / colourStepCount), y((step + 1) / colourStepCount)]
    const fill = viridisStep((step + 0.5) / colourStepCount)
    return `<rect x="${svgNumber(left)}" y="${svgNumber(to)}" width="${width}" height="${svgNumber(from - to + 0.3)}" fill="${fill}"/>`
  })
  const labels = lossBarLabels(scale, bottom - first).map(({ share, label }) =>
    svgWords(label, { x: left + width + 4, y: y(share), colour: muted }),
  )
  return [svgWords('loss, nats', { x: left, y: top + 4, colour: text }), ...steps, ...labels]
}

/** Round losses by their place on a bar so many pixels long; its upper end says where losses were cut off. */
export function lossBarLabels(scale: LossScale, length: number): { share: number; label: string }[] {
  const ticks = lossTicks(scale, Math.max(2, Math.min(6, Math.floor(length / 28))))
  const inner = ticks.map((tick) => ({ share: lossShare(scale, tick), label: lossText(tick) }))
  if (!scale.clipped) return inner
  const room = 13 / length
  return [...inner.filter(({ share }) => share < 1 - room), { share: 1, label: `≥ ${lossText(scale.high)}` }]
}
