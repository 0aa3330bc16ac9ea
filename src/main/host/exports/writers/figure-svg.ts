import { createHash } from 'node:crypto'
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { GraphicComponent, GridComponent, MarkLineComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { EChartsOption } from 'echarts'
import { plainText } from '../../../../shared/text/plain-text.ts'
import type { FigureSize, FigureSizes } from './figure-size.ts'

use([BarChart, CustomChart, LineChart, ScatterChart, GraphicComponent, GridComponent, MarkLineComponent, SVGRenderer])

/**
 * Draws a figure without a browser: a standalone SVG document, the same bytes for the same option and size.
 * `description` says in words what it shows.
 */
export function svgFigure(option: EChartsOption, { width, height }: FigureSize, description: string): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption(option)
    return standalone(chart.renderToSVGString(), description)
  } finally {
    // Without this the process would never end: the chart keeps a timer.
    chart.dispose()
  }
}

/** The drawing with ids that no other drawing of one page has, the same for the same drawing: clips and shades are found by them. */
export function withOwnIds(svg: string): string {
  const ids = new Set([...svg.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id!))
  if (ids.size === 0) return svg
  const prefix = `f${createHash('sha256').update(svg).digest('hex').slice(0, 12)}`
  return svg.replace(/\b(id="|href="#|url\(#)([^")]+)/g, (whole, start: string, id: string) =>
    ids.has(id) ? `${start}${prefix}-${id}` : whole,
  )
}

/** The same drawing with its size on paper. */
export function onPaper(svg: string, { paper }: FigureSizes): string {
  if (paper === null) return svg
  const points = (length: number) => `${Number(length.toFixed(2))}pt`
  const size = `width="${points(paper.width)}" height="${points(paper.height)}"`
  return svg.replace(/(?<=^<svg[^>]*) width="[^"]*" height="[^"]*"/, ` ${size}`)
}

/** Takes out what serves a live page only (hover styles, data indices) and the chart counter in ids, and puts the description in. */
function standalone(svg: string, description: string): string {
  // XML has no control characters, not even as entities.
  const title = `<title>${plainText(description).replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)}</title>`
  return svg
    .replace(/<style\b[^>]*>[^]*?<\/style>\s*/g, '')
    .replace(/<[^<>]*>/g, (tag) =>
      tag.replace(/ (?:ecmeta_\w+|class)="[^"]*"/g, '').replace(/(id="|url\(#)zr\d+-/g, '$1'),
    )
    .replace(/^<svg[^>]*>/, (tag) => `${tag.slice(0, -1)} role="img">\n${title}`)
}
