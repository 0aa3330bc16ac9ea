import { inflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { figureFile } from '../../../../../src/main/host/exports/writers/figure-file.ts'
import type { Figure } from '../../../../../src/figures/figure.ts'
import { figureLayout, frameOf } from '../../../../../src/figures/figure-layout.ts'
import { figureFontSize } from '../../../../../src/figures/theme.ts'

/** A pixel a point. */
const layout = figureLayout.parse({ paper: { width: 300, height: 120, fontSize: figureFontSize } })
/** Half of it, with text of half the size. */
const half = figureLayout.parse({ paper: { width: 150, height: 60, fontSize: figureFontSize / 2 } })

/** A line of text, and one in another weight. */
const figure = (text: string): Figure => ({
  name: 'words',
  option: () => ({
    animation: false,
    backgroundColor: '#ffffff',
    graphic: [
      { type: 'text', x: 10, y: 40, style: { text, font: '400 20px Helvetica, sans-serif', fill: '#000000' } },
      { type: 'text', x: 10, y: 80, style: { text: 'AZ', font: '500 20px Helvetica, sans-serif', fill: '#000000' } },
    ],
  }),
  sentence: 'Words < more words & “others”.',
})

async function bytesOf(text: string, format: 'svg' | 'pdf' | 'png', on = layout): Promise<Buffer> {
  const { name, bytes } = await figureFile(figure(text), on, format)
  expect(name).toBe(`words.${format}`)
  return Buffer.from(await bytes.arrayBuffer())
}

/** A PDF as text: its objects, and its streams inflated. */
function readable(pdf: Buffer): string {
  const text = pdf.toString('latin1')
  const streams = [...text.matchAll(/stream\n([^]*?)\nendstream/g)].flatMap(([, stream]) => {
    try {
      return [inflateSync(Buffer.from(stream!, 'latin1')).toString('latin1')]
    } catch {
      return []
    }
  })
  return [text, ...streams].join('\n')
}

/** Whether the PDF says of one of its glyphs that it is this character. */
function maps(pdf: string, character: string): boolean {
  return pdf.includes(`<${character.codePointAt(0)!.toString(16).padStart(4, '0')}>`)
}

describe('a figure as PDF', () => {
  it('is a page of the size of the figure, a point for each pixel, with a description in words', async () => {
    const pdf = readable(await bytesOf('abc', 'pdf'))
    expect(pdf.startsWith('%PDF-')).toBe(true)
    expect(pdf).toContain('/MediaBox [0 0 300 120]')
    const title = Buffer.from('\ufeffWords < more words & “others”.', 'utf16le').swap16().toString('latin1')
    expect(pdf).toContain(title)
  })

  it('is scaled to its size on paper, text and all', async () => {
    const pdf = readable(await bytesOf('abc', 'pdf', half))
    expect(pdf).toContain('/MediaBox [0 0 150 60]')
    expect(pdf).toMatch(/^0\.5 0 0 0\.5 0 0 cm$/m)
  })

  it('embeds its fonts and loses no character of a figure', async () => {
    const pdf = readable(await bytesOf('−±×–·≥…%é', 'pdf'))
    expect(pdf).toMatch(/\/FontFile2 /)
    expect(pdf).toMatch(/\+Arimo-Regular/)
    expect(pdf).toMatch(/\+Arimo-Medium/)
    expect(pdf).not.toContain('/BaseFont /Helvetica')
    for (const character of '−±×–·≥…%é') expect([character, maps(pdf, character)]).toEqual([character, true])
  })

  it('shows the code of a character that its font lacks', async () => {
    const pdf = readable(await bytesOf('実', 'pdf'))
    for (const character of '[U+5B9F]') expect(maps(pdf, character)).toBe(true)
    expect(maps(pdf, '実')).toBe(false)
  })

  it('is the same bytes each time', async () => {
    expect((await bytesOf('same', 'pdf')).equals(await bytesOf('same', 'pdf'))).toBe(true)
  })
})

describe('a figure as PNG', () => {
  it('has 300 pixels an inch of paper and the words in it, the same bytes each time', async () => {
    const png = await bytesOf('−−−−', 'png')
    expect(png.equals(await bytesOf('−−−−', 'png'))).toBe(true)
    const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([1250, 500])
    expect((await sharp(png).metadata()).density).toBe(300)
    const dark = (from: number, to: number) =>
      data.subarray(from * info.width * info.channels, to * info.width * info.channels).filter((grey) => grey < 128)
    expect(dark(146, 271).length).toBeGreaterThan(100)
    expect(dark(0, 125)).toHaveLength(0)
  })
})

describe('a figure as SVG', () => {
  it('has its size on paper and the drawing of the larger one', async () => {
    const [whole, small] = [(await bytesOf('a', 'svg')).toString(), (await bytesOf('a', 'svg', half)).toString()]
    expect(small).toMatch(/^<svg width="150pt" height="60pt" [^>]*viewBox="0 0 300 120"/)
    expect(small.replace('width="150pt" height="60pt"', 'width="300pt" height="120pt"')).toBe(whole)
  })

  it('is a document with its sentence as title', async () => {
    const svg = (await bytesOf('a & b', 'svg')).toString()
    expect(svg).toMatch(/^<svg width="300pt" height="120pt"/)
    expect(svg).toContain('<title>Words &#60; more words &#38; “others”.</title>')
  })
})

describe('the size at which a figure is drawn', () => {
  it('is that of a screen unless a size on paper is asked for', () => {
    expect(frameOf(figureLayout.parse({}))).toMatchObject({ width: 720, height: 440, key: true, title: true })
  })

  it('makes text of 11 pixels that of the font size: 3.25 inches of 8 points are 321.75 pixels', () => {
    const { width, height } = frameOf(figureLayout.parse({ paper: { width: 234 } }))
    expect(width).toBe(322)
    // 440/720 of the width, and a fifth of what it is narrower than a screen's figure.
    expect(height).toBe(Math.round((440 / 720) * 322 + 0.2 * (720 - 322)))
  })

  it('has no names of series without a legend', () => {
    expect(frameOf(figureLayout.parse({ legend: false, title: false }))).toMatchObject({
      key: false,
      title: false,
      names: 'none',
    })
  })
})

describe('a figure as SVG', () => {
  /** Its shape is cut by a clip. */
  const clipped = (text: string): Figure => ({
    name: 'clip',
    svg: () =>
      `<svg xmlns="http://www.w3.org/2000/svg"><clipPath id="c0"><rect/></clipPath><g clip-path="url(#c0)"><text>${text} id="c9"</text></g></svg>`,
    sentence: text,
  })
  const idsOf = (svg: string) => [...svg.matchAll(/<[^>]* id="([^"]+)"/g)].map(([, id]) => id!)
  const written = async (text: string) => (await figureFile(clipped(text), layout, 'svg')).bytes.text()

  it('shares no id with another one on the same page, and finds its own', async () => {
    const [first, second] = [await written('a'), await written('b')]
    const ids = idsOf(`<div>${first}${second}</div>`)
    expect([ids.length, new Set(ids).size]).toEqual([2, 2])
    for (const svg of [first, second]) expect(svg).toContain(`clip-path="url(#${idsOf(svg)[0]})"`)
  })

  it('is the same bytes each time', async () => {
    expect(await written('a')).toBe(await written('a'))
  })

  it('shares none where ECharts draws it with clips', async () => {
    const drawing = (value: number): Figure => ({
      name: 'line',
      option: () => ({
        animation: false,
        xAxis: { type: 'value', max: 1 },
        yAxis: { type: 'value', max: 1 },
        series: [{ type: 'line', clip: true, data: [[0, 0], [2, value]] }], // prettier-ignore
      }),
      sentence: 'a line',
    })
    const svgs = await Promise.all(
      [1, 2].map(async (value) => (await figureFile(drawing(value), layout, 'svg')).bytes.text()),
    )
    const [first, second] = svgs.map(idsOf)
    expect(first!.length).toBeGreaterThan(0)
    expect(first!.filter((id) => second!.includes(id))).toEqual([])
  })
})
