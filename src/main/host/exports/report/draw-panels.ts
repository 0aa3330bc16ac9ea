import { setImmediate } from 'node:timers/promises'
import type { Figure } from '../../../../figures/figure.ts'
import { paperWidths, type FigureLayout } from '../../../../figures/figure-layout.ts'
import { drawnFigure, formatted, type DrawnFigure } from '../writers/figure-file.ts'
import type { DrawnPanel } from '../writers/report/html-page.ts'

/** A part of a figure of a report. */
export interface ReportPanel {
  /** Of its files, without ending. */
  name: string
  figure: Figure
  /** Height on paper in points; default: that of the figure. */
  height?: number | undefined
}

const layoutOf = (height: number | undefined): FigureLayout => ({
  theme: 'light',
  legend: true,
  title: true,
  paper: { width: paperWidths['icml-text'].width, ...(height !== undefined && { height }), fontSize: 8 },
})

/** Every panel as SVG and PDF. Other requests are answered in between. */
export async function drawPanels(panels: readonly ReportPanel[]): Promise<DrawnPanel[]> {
  return drawAll(panels, async (drawn) => ({ ...(await asSvg(drawn)), pdf: await formatted(drawn, 'pdf') }))
}

/** Every panel as SVG. */
export async function drawSvgs(panels: readonly ReportPanel[]): Promise<{ name: string; svg: string }[]> {
  return drawAll(panels, asSvg)
}

const asSvg = async (drawn: DrawnFigure) => ({ svg: await (await formatted(drawn, 'svg')).text() })

async function drawAll<Files>(
  panels: readonly ReportPanel[],
  filesOf: (drawn: DrawnFigure) => Promise<Files>,
): Promise<({ name: string } & Files)[]> {
  const all: ({ name: string } & Files)[] = []
  for (const { name, figure, height } of panels) {
    const drawn = drawnFigure(figure, layoutOf(height))
    await setImmediate()
    all.push({ name, ...(await filesOf(drawn)) })
    await setImmediate()
  }
  return all
}
