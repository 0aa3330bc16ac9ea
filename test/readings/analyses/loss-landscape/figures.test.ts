import { describe, expect, it } from 'vitest'
import { contourDrawing } from '../../../../src/readings/analyses/loss-landscape/figure/contour-drawing.ts'
import { lossScale } from '../../../../src/readings/analyses/loss-landscape/figure/scale.ts'
import {
  landscapeSliceOption,
  landscapeSliceSentence,
  sliceLine,
} from '../../../../src/readings/analyses/loss-landscape/figure/slice.ts'
import {
  landscapeSentence,
  landscapeSurfaceSvg,
} from '../../../../src/readings/analyses/loss-landscape/figure/surface.ts'
import { defaultCamera } from '../../../../src/readings/analyses/loss-landscape/figure/surface-camera.ts'
import { surfaceDrawing } from '../../../../src/readings/analyses/loss-landscape/figure/surface-drawing.ts'
import { surfaceScene } from '../../../../src/readings/analyses/loss-landscape/figure/surface-scene.ts'
import { textWidth } from '../../../../src/figures/plot.ts'
import { regimeStyles } from '../../../../src/figures/regimes.ts'
import { panelOf, paraboloid } from './panels.ts'

const bowl = panelOf(paraboloid)
const scale = lossScale(bowl.values.flat(), { log: false, limit: null })
const cuts = { delta: 2, eta: 2 }
const frame = { width: 240, height: 240, theme: 'light' } as const
const look = { camera: defaultCamera, scale, cuts }
const filled = (svg: string) => [...svg.matchAll(/<path d="M([^"]*)z" fill="(#\w+)"/g)]

describe('a surface as vectors', () => {
  it('draws every cell once, from the farthest to the nearest, and both slices', () => {
    const svg = surfaceDrawing(bowl, { ...look, camera: { azimuth: 0, elevation: 90, zoom: 1 } }, frame)
    expect(filled(svg)).toHaveLength(16)
    expect(svg.match(/stroke="#ffffff"/g)).toHaveLength(8)
    const tops = filled(surfaceDrawing(bowl, { ...look, camera: { azimuth: 0, elevation: 45, zoom: 1 } }, frame)).map(
      ([, d]) => Number(d!.split(/[ L]/)[0]),
    )
    // At azimuth 0 the rows of η come one after the other, four cells each, in any order of δ.
    const rows = [0, 4, 8, 12].map((start) => tops.slice(start, start + 4).toSorted((a, b) => a - b))
    expect(new Set(rows.map((row) => row.join())).size).toBe(1)
  })

  it('hides what is behind: the last cell is the nearest corner', () => {
    const cells = filled(surfaceDrawing(bowl, look, frame))
    const lowest = (d: string) => Math.max(...d.split('L').map((place) => Number(place.split(' ')[1])))
    expect(lowest(cells.at(-1)![1]!)).toBeGreaterThan(lowest(cells[0]![1]!))
  })

  it('draws losses above the limit flat, in the last colour of the scale', () => {
    const clipped = lossScale(bowl.values.flat(), { log: false, limit: 2 })
    const scene = surfaceScene(bowl, clipped, null)
    const corner = scene.cells[0]!
    expect(corner.corners.map(([, , height]) => height)).toEqual([1.15, 1.15, expect.any(Number), 1.15])
    expect(scene.centre).toEqual([0, 0, 1.15 / 2])
  })

  it('leaves holes and interrupts slices there', () => {
    const holed = panelOf((delta, eta) => (delta === 0.5 && eta === 0 ? null : paraboloid(delta, eta)))
    const scene = surfaceScene(holed, scale, cuts)
    expect(scene.cells).toHaveLength(12)
    expect(scene.cuts.map((line) => line.length)).toEqual([3, 5])
    expect(surfaceScene({ ...holed, whole: false }, scale, cuts).cuts.map((line) => line.length)).toEqual([4, 5])
  })

  it('names panels, scale and finding in a document of its own', () => {
    const data = {
      note: '1,000 training images',
      rows: [{ title: 'mixed', regime: 'mixed' as const, look: null }],
      columns: ['exit 1', 'final'],
      panels: [[{ panel: bowl, title: null }, null]],
    }
    const svg = landscapeSurfaceSvg(data, look, { width: 600, height: 300, theme: 'dark' })
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="600" height="300"/)
    expect(svg).toContain(
      '<title>Loss around the trained weights along two random directions (1,000 training images). ' +
        'mixed, seed 1, exit 1: 1.00 nats in the centre, increases by 1.50 to the ends of the axes, at most 4.00.</title>',
    )
    for (const words of ['>min 1.00<', '>max 4.00<', '>exit 1<', '>final<', '>mixed<', '>loss, nats<']) {
      expect(svg).toContain(words)
    }
    expect(svg).not.toMatch(/NaN|undefined|null/)
  })

  it('states once what all panels share, and for each panel only what differs', () => {
    const cell = (changes: Partial<typeof bowl>) => ({ panel: { ...bowl, ...changes }, title: null })
    const data = (...panels: ReturnType<typeof cell>[]) => ({ note: 'n', rows: [], columns: [], panels: [panels] })
    const about = 'Loss around the trained weights along two random directions (n)'
    const numbers = 'In the centre, increase to the ends of the axes, maximum (nats)'
    expect(landscapeSentence(data(cell({}), cell({ regime: 'joint', series: 'joint' })))).toBe(
      `${about}, seed 1, exit 1. ${numbers}: mixed: 1.00, 1.50, 4.00; joint: 1.00, 1.50, 4.00.`,
    )
    const unknown = panelOf(() => null, { whole: false })
    expect(landscapeSentence(data(cell({}), cell({ ...unknown, seed: 2, exitName: 'final' })))).toBe(
      `${about}, mixed. ${numbers}: seed 1, exit 1: 1.00, 1.50, 4.00; seed 2, final: no value yet.`,
    )
  })

  it('cuts headings that would cover panels or one another', () => {
    const name = (rate: string) => `mixed · head convolutional, learning rate ${rate}, weight decay 0.0005`
    const names = ['0.0001', '0.001', '0.01'].map(name)
    const cell = { panel: bowl, title: null }
    const data = {
      note: '',
      rows: names.map((title) => ({ title, regime: null, look: null })),
      columns: names,
      panels: names.map(() => names.map(() => cell)),
    }
    const svg = landscapeSurfaceSvg(data, look, { width: 600, height: 500, theme: 'light' })
    const widths = [...svg.matchAll(/<clipPath id="[^"]*"><rect width="([^"]*)"/g)].map(([, width]) => Number(width))
    const headings = [...svg.matchAll(/>([^<]*…[^<]*)</g)].map(([, text]) => text!)
    expect(Math.min(...widths)).toBeGreaterThan(80)
    expect(headings).toHaveLength(6)
    const [rows, columns] = [headings.slice(3), headings.slice(0, 3)]
    expect(new Set(rows).size).toBe(3)
    for (const heading of columns) expect(textWidth(heading)).toBeLessThanOrEqual(widths[0]!)
  })

  it('says where losses were cut off', () => {
    const data = {
      note: '',
      rows: [{ title: '', regime: null, look: null }],
      columns: [''],
      panels: [[{ panel: bowl, title: 'a' }]],
    }
    const clipped = lossScale(bowl.values.flat(), { log: false, limit: 2 })
    const svg = landscapeSurfaceSvg(data, { ...look, scale: clipped }, { width: 600, height: 300, theme: 'dark' })
    expect(svg).toContain('>max ≥ 2<')
    expect(svg).toContain('>≥ 2<')
  })
})

describe('contours', () => {
  it('draw cells, lines of equal loss, slices and the centre', () => {
    const svg = contourDrawing(bowl, { scale, cuts }, frame)
    expect(filled(svg)).toHaveLength(16)
    expect(svg.match(/stroke-opacity="0.75"/g)!.length).toBeGreaterThan(2)
    expect(svg).toContain('stroke-dasharray="3 3"')
    expect(svg.match(/<circle/g)).toHaveLength(1)
  })

  it('are axes alone before a cell is computed', () => {
    const svg = contourDrawing(
      panelOf(() => null, { whole: false }),
      { scale, cuts },
      frame,
    )
    expect(svg).toContain('coefficient of δ')
    expect(svg).not.toMatch(/<path|<circle/)
  })
})

describe('slices', () => {
  const data = {
    along: 'delta' as const,
    fixed: 0,
    reach: 1,
    exitName: 'exit 1',
    note: '1,000 training images',
    scale,
    lines: [{ regime: 'mixed' as const, look: null, name: 'mixed', points: sliceLine(bowl, 'delta', cuts) }],
  }

  it('take the losses along one direction', () => {
    expect(sliceLine(bowl, 'delta', { delta: 0, eta: 2 }).map(({ loss }) => loss)).toEqual([3, 1.5, 1, 1.5, 3])
    expect(sliceLine(bowl, 'eta', { delta: 0, eta: 2 }).map(({ loss }) => loss)).toEqual([4, 3.25, 3, 3.25, 4])
  })

  it('break at holes only on surfaces that are complete', () => {
    const holed = panelOf((delta) => (delta === 0 ? null : 1))
    expect(sliceLine(holed, 'delta', cuts).map(({ broken }) => broken)).toEqual([false, false, true, false])
    expect(sliceLine({ ...holed, whole: false }, 'delta', cuts).some(({ broken }) => broken)).toBe(false)
  })

  it('are drawn in the colours of their regimes', () => {
    const { series } = landscapeSliceOption(data, frame) as {
      series: { lineStyle?: { color: string }; data: unknown[] }[]
    }
    expect(series.at(-1)!.lineStyle!.color).toBe(regimeStyles.mixed.line.light)
    expect(series.at(-1)!.data).toHaveLength(5)
  })

  it('are described in words', () => {
    expect(landscapeSliceSentence(data)).toBe('Loss of exit 1 along δ at η = 0.00: mixed between 1.00 and 3.00 nats.')
  })
})
