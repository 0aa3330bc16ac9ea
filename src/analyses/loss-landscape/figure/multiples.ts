import { landscapeLayout } from './layout.ts'
import type { LandscapeLayout, LandscapeMultiples, PanelBox } from './layout.ts'
import type { LandscapePanel } from './panel.ts'
import { lossShare, lossText, lossTicks } from './scale.ts'
import type { LossScale } from './scale.ts'
import { landscapeSummary } from './summary.ts'
import type { FigureFrame } from '../../../figures/plot.ts'
import { seriesStyle } from '../../../figures/regimes.ts'
import { svgDocument, svgNumber, svgWords } from '../../../figures/svg.ts'
import { figureColours } from '../../../figures/theme.ts'
import { viridisStep, viridisStepCount } from '../../../figures/viridis.ts'

/** What a panel shows, drawn in a box of its own from (0, 0). */
export type PanelDrawing = (panel: LandscapePanel, frame: FigureFrame) => string

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

function headings({ rows, columns }: LandscapeMultiples, layout: LandscapeLayout, { theme }: FigureFrame): string[] {
  const { text } = figureColours[theme]
  return [
    ...columns.map((title, c) =>
      svgWords(title, { x: layout.columns[c]!, y: layout.headingBaseline, colour: text, align: 'center', weight: 500 }),
    ),
    ...rows.map(({ title, regime, look }, r) => {
      const colour = regime === null ? text : seriesStyle({ regime, look }).ink[theme]
      return svgWords(title, { x: 8, y: layout.rows[r]!, colour, weight: 500 })
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

/** The lowest and the highest loss of a panel in words, as they stand in its upper corners. */
export function extremes(panel: LandscapePanel, scale: LossScale): { left: string; right: string } {
  const { lowest, highest } = landscapeSummary(panel)
  if (lowest === null || highest === null) return { left: 'not computed yet', right: '' }
  const above = highest > scale.high
  return {
    left: `min ${lowest.toFixed(2)}`,
    right: above ? `max ≥ ${lossText(scale.high)}` : `max ${highest.toFixed(2)}`,
  }
}

/** What colours stand for, in steps, with round losses beside them. */
export function lossBar(
  scale: LossScale,
  { left, top, bottom }: LandscapeLayout['bar'],
  { theme }: FigureFrame,
): string[] {
  const { text, muted } = figureColours[theme]
  const [width, first] = [9, top + 18]
  const y = (share: number) => bottom - share * (bottom - first)
  const steps = Array.from({ length: viridisStepCount }, (_, step) => {
    const [from, to] = [y(step / viridisStepCount), y((step + 1) / viridisStepCount)]
    const fill = viridisStep((step + 0.5) / viridisStepCount)
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
