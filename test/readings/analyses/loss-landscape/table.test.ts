import { inflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { longCsv, wideCsv } from '../../../../src/main/host/exports/writers/csv.ts'
import { figureLayout } from '../../../../src/figures/figure-layout.ts'
import { figureFile } from '../../../../src/main/host/exports/writers/figure-file.ts'
import { latexTable } from '../../../../src/main/host/exports/writers/latex.ts'
import { landscapePointTable, landscapeSummaryTable } from '../../../../src/readings/analyses/loss-landscape/table.ts'
import {
  arranged,
  lossesOf,
  type RunLandscape,
} from '../../../../src/readings/analyses/loss-landscape/figure/arrangement.ts'
import { landscapeContourSvg } from '../../../../src/readings/analyses/loss-landscape/figure.ts'
import { lossScale } from '../../../../src/readings/analyses/loss-landscape/figure/scale.ts'
import {
  landscapeSentence,
  landscapeSurfaceSvg,
} from '../../../../src/readings/analyses/loss-landscape/figure/surface.ts'
import { defaultCamera } from '../../../../src/readings/analyses/loss-landscape/figure/surface-camera.ts'
import { panelOf, paraboloid } from './panels.ts'

const bowl = panelOf(paraboloid, { points: 3 })
const wide = bowl.values.map((row) => row.map((loss) => 2 * loss!))
const run: RunLandscape & { experiment: string } = {
  experiment: 'toy',
  regime: 'mixed',
  series: 'mixed',
  look: null,
  seed: 1,
  exitCount: 2,
  coefficients: bowl.coefficients,
  draws: [[bowl.values, wide]],
  whole: true,
}
const table = { runs: [run], subjects: ['toy'], note: '100 training images', draw: 'mean' as const }
const data = arranged([run], { arrangement: 'regimes', draw: 'mean', exit: 1, run: 0 }, 'toy')
const look = {
  camera: defaultCamera,
  scale: lossScale(lossesOf(data), { log: false, limit: 5 }),
  cuts: { delta: 1, eta: 1 },
}
const frame = { width: 480, height: 260, theme: 'light' } as const
const layout = figureLayout.parse({ paper: { ...frame, fontSize: 11 } })
const lines = (text: string) => text.trimEnd().split('\n')

function streams(pdf: Buffer): string {
  const found = pdf.toString('latin1').matchAll(/stream\n([^]*?)\nendstream/g)
  return [...found]
    .flatMap(([, stream]) => {
      try {
        return [inflateSync(Buffer.from(stream!, 'latin1')).toString('latin1')]
      } catch {
        return []
      }
    })
    .join('\n')
}

async function bytesOf(svg: (of: typeof frame) => string, format: 'svg' | 'pdf' | 'png'): Promise<Buffer> {
  const figure = { name: 'toy', sentence: landscapeSentence(data), svg: svg as never }
  const { bytes } = await figureFile(figure, layout, format)
  return Buffer.from(await bytes.arrayBuffer())
}
/** Of all cells, as red, green and blue. */
function cellColours(svg: string): number[][] {
  const cells = svg.matchAll(/<path d="[^"]*z" fill="#(..)(..)(..)"/g)
  return [...cells].map(([, ...channels]) => channels.map((channel) => Number.parseInt(channel, 16)))
}

const surface = (of: typeof frame) => landscapeSurfaceSvg(data, look, of)
const contour = (of: typeof frame) => landscapeContourSvg(data, look, of)

describe('a landscape as a file', () => {
  it.each([
    ['surface', surface],
    ['contour', contour],
  ])('has every cell as a polygon in PDF: %s', async (_, svg) => {
    const pdf = streams(await bytesOf(svg, 'pdf'))
    // Two panels of 2 × 2 cells, filled and stroked.
    expect(pdf.match(/^B\*?$/gm)!.length).toBeGreaterThanOrEqual(8)
    const set = [...pdf.matchAll(/^(\S+) (\S+) (\S+) scn$/gm)].map(([, ...channels]) =>
      channels.map((channel) => Math.round(255 * Number(channel))).join(),
    )
    for (const colour of cellColours(svg(frame))) expect(set).toContain(colour.join())
  })

  it('is a picture with the colours of the scale', async () => {
    const { data: pixels, info } = await sharp(await bytesOf(surface, 'png'))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([2000, 1083])
    for (const colour of cellColours(surface(frame)).slice(-4)) {
      let found = 0
      for (let at = 0; at < pixels.length; at += info.channels) {
        if (colour.every((channel, c) => pixels[at + c] === channel)) found++
      }
      expect(found).toBeGreaterThan(100)
    }
  })

  it('is the same bytes each time', async () => {
    expect(await bytesOf(surface, 'pdf')).toEqual(await bytesOf(surface, 'pdf'))
  })
})

describe('the table of a landscape', () => {
  it('has every point in a CSV, an exit a column where it is wide', () => {
    const long = lines(longCsv(landscapePointTable(table)))
    expect(long).toHaveLength(1 + 9 * 2)
    expect(long.slice(0, 3)).toEqual([
      'experiment,regime,seed,draw,delta,eta,exit,loss',
      'toy,mixed,1,mean,-1,-1,0,4',
      'toy,mixed,1,mean,-1,-1,1,8',
    ])
    const wideLines = lines(wideCsv(landscapePointTable(table)))
    expect(wideLines[0]).toBe('experiment,regime,seed,draw,delta,eta,exit 0 loss (nats),final loss (nats)')
    expect(wideLines[5]).toBe('toy,mixed,1,mean,0,0,1,2')
  })

  it('names the series in a column where one is swept', () => {
    const series = 'mixed · head conv'
    const [head, first] = lines(longCsv(landscapePointTable({ ...table, runs: [{ ...run, series, look: 0 }] })))
    expect(head).toBe('experiment,regime,series,seed,draw,delta,eta,exit,loss')
    expect(first).toBe(`toy,mixed,${series},1,mean,-1,-1,0,4`)
  })

  it('has the spread over draws, one of them alone, and nothing where a loss is not finite', () => {
    const hole = bowl.values.map((row, i) => row.map((loss, j) => (i === 1 && j === 1 ? null : loss! + 2)))
    const runs = [
      {
        ...run,
        draws: [
          [bowl.values, wide],
          [hole, wide],
        ],
      },
    ]
    const [head, ...points] = lines(longCsv(landscapePointTable({ ...table, runs })))
    expect(head).toBe('experiment,regime,seed,draw,delta,eta,exit,loss,std')
    expect(points[0]).toBe('toy,mixed,1,mean,-1,-1,0,5,1.414214')
    expect(points[8]).toBe('toy,mixed,1,mean,0,0,0,,')
    expect(lines(longCsv(landscapePointTable({ ...table, runs, draw: 1 })))[1]).toBe('toy,mixed,1,2,-1,-1,0,6')
  })

  it('has centre, extremes and rise in LaTeX', () => {
    const latex = latexTable(landscapeSummaryTable(table))
    expect(latex).toContain('mixed & 1 & exit 0 & 1.00 & 1.00 & 4.00 & 1.50')
    expect(latex).toContain('mixed & 1 & final & 2.00 & 2.00 & 8.00 & 3.00')
    expect(latex).toContain('{Centre} & {Minimum} & {Maximum} & {Rise}')
  })

  it('heads its column of names with “regime”, or with “series” for a sweep', () => {
    const swept = { ...table, runs: [{ ...run, series: 'mixed · head conv' }] }
    expect(landscapeSummaryTable(table).heads[0]!.title).toBe('Regime')
    expect(landscapeSummaryTable(swept).heads[0]!.title).toBe('Series')
  })
})
