import { inflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { figureFile } from '../../src/main/exports/figure-file.ts'
import type { ExportFigure } from '../../src/main/exports/figure-file.ts'

const frame = { width: 300, height: 120, theme: 'light' } as const

/** A line of text, and one in another weight. */
const figure = (text: string): ExportFigure => ({
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

async function bytesOf(text: string, format: 'svg' | 'pdf' | 'png'): Promise<Buffer> {
  const { name, bytes } = await figureFile(figure(text), frame, format)
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
  it('is a page of the size of the figure, a pixel a point, that says in words what it shows', async () => {
    const pdf = readable(await bytesOf('abc', 'pdf'))
    expect(pdf.startsWith('%PDF-')).toBe(true)
    expect(pdf).toContain('/MediaBox [0 0 300 120]')
    const title = Buffer.from('\ufeffWords < more words & “others”.', 'utf16le').swap16().toString('latin1')
    expect(pdf).toContain(title)
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
  it('is a picture of twice the size with the words in it, the same bytes each time', async () => {
    const png = await bytesOf('−−−−', 'png')
    expect(png.equals(await bytesOf('−−−−', 'png'))).toBe(true)
    const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([600, 240])
    const dark = (from: number, to: number) =>
      data.subarray(from * info.width * info.channels, to * info.width * info.channels).filter((grey) => grey < 128)
    expect(dark(70, 130).length).toBeGreaterThan(100)
    expect(dark(0, 60)).toHaveLength(0)
  })
})

describe('a figure as SVG', () => {
  it('is a document with its sentence as title', async () => {
    const svg = (await bytesOf('a & b', 'svg')).toString()
    expect(svg).toMatch(/^<svg [^>]*width="300" height="120"/)
    expect(svg).toContain('<title>Words &#60; more words &#38; “others”.</title>')
  })
})
