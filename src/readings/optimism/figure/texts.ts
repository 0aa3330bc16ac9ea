import type { GraphicComponentOption } from 'echarts'
import { figureKey, seedsKey } from '../../../figures/key.ts'
import type { OptimismAnswer } from '../schema.ts'
import { titleLineHeight } from './layout.ts'
import type { OptimismLine } from './lines.ts'
import { budgetHeading, gapText } from './words.ts'
import { hasTitle, pixelY, textWidth, type FigureFrame, type Plot } from '../../../figures/plot.ts'
import { seriesStyle } from '../../../figures/regimes.ts'
import { lineOfText } from '../../../figures/text.ts'
import { figureColours, type FigureColours } from '../../../figures/theme.ts'

/** The name at the left; with one panel the value at the right, with several panels a dash for missing values. */
export function textsOf(
  { name, gaps, opacity, ...series }: OptimismLine,
  { plots, frame, y, decimals }: { plots: readonly Plot[]; frame: FigureFrame; y: number; decimals: number },
) {
  const { text, muted } = figureColours[frame.theme]
  const place = { y: pixelY(plots[0]!, y) }
  const value = plots.length === 1 ? gapText(gaps[0] ?? null, decimals) : null
  return [
    rightAligned(name, {
      ...place,
      x: plots[0]!.left - 10,
      colour: seriesStyle(series).ink[frame.theme],
      opacity,
    }),
    ...(value === null
      ? []
      : [rightAligned(value, { ...place, x: frame.width - 8, colour: gaps[0] ? text : muted, opacity })]),
    ...plots.flatMap((plot, panel) =>
      value !== null || gaps[panel]
        ? []
        : [lineOfText('–', { ...place, x: (plot.left + plot.right) / 2, colour: muted, align: 'center' })],
    ),
  ]
}

/** Above each panel; one panel has its heading in the row of the key, or in the page around it. */
export function headingsOf(
  { budgets }: OptimismAnswer,
  plots: readonly Plot[],
  frame: FigureFrame,
): GraphicComponentOption[] {
  const { text: colour } = figureColours[frame.theme]
  if (budgets.length > 1) {
    return budgets.map((budget, panel) => {
      const { left, right, top } = plots[panel]!
      const text = budgetHeading(budget).replace(
        textWidth(budgetHeading(budget)) > right - left ? / ?budget$/ : /$^/,
        '',
      )
      return lineOfText(text, { x: (left + right) / 2, y: top - 10, colour, weight: 500, align: 'center' })
    })
  }
  if (!hasTitle(frame)) return []
  return budgets.map((budget) => lineOfText(budgetHeading(budget), { x: 8, y: 16, colour, weight: 500 }))
}

/** What the axis counts, below the panels and within the figure. */
export function titleOf(
  lines: readonly string[],
  { plots, frame }: { plots: readonly Plot[]; frame: FigureFrame },
): GraphicComponentOption[] {
  const { bottom, left } = plots[0]!
  const middle = (left + plots.at(-1)!.right) / 2
  return lines.map((text, line) => {
    const room = 8 + textWidth(text) / 2
    const x = Math.min(Math.max(middle, room), frame.width - room)
    const y = bottom + 34 + titleLineHeight * line
    return lineOfText(text, { x, y, colour: figureColours[frame.theme].text, align: 'center' })
  })
}

export function keyOf({ rows }: OptimismAnswer, frame: FigureFrame, colours: FigureColours): GraphicComponentOption[] {
  const { text } = seedsKey(rows.map(({ seedCount }) => seedCount))
  return figureKey([{ mark: { marker: 'circle' }, text }], { right: frame.width - 8, y: 16, colours })
}

function rightAligned(
  text: string,
  { opacity, ...place }: { x: number; y: number; colour: string; opacity: number },
): GraphicComponentOption {
  const element = lineOfText(text, { ...place, weight: 500, align: 'right' })
  return { ...element, style: { ...element.style, ...(opacity < 1 && { opacity }) } }
}
