import { figureFont, figureFontSize } from './theme.ts'

/** A number as an SVG has it: to a hundredth of a pixel, so that files stay small and the same everywhere. */
export function svgNumber(value: number): string {
  return String(Number(value.toFixed(2)) + 0)
}

/** Points as the `d` of a path. */
export function svgPath(points: readonly (readonly number[])[], closed = false): string {
  const places = points.map(([x, y]) => `${svgNumber(x!)} ${svgNumber(y!)}`)
  return `M${places.join('L')}${closed ? 'z' : ''}`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}

interface SvgWords {
  /** The end that `align` says, and the middle of the line. */
  x: number
  y: number
  colour: string
  align?: 'left' | 'center' | 'right'
  weight?: 400 | 500
}

const anchors = { left: 'start', center: 'middle', right: 'end' }

/** A line of text in the figures' face. */
export function svgWords(text: string, { x, y, colour, align = 'left', weight = 400 }: SvgWords): string {
  // Some SVG renderers do not support middle baselines.
  const baseline = y + 0.36 * figureFontSize
  return (
    `<text x="${svgNumber(x)}" y="${svgNumber(baseline)}" fill="${colour}" text-anchor="${anchors[align]}" ` +
    `style="font: ${weight} ${figureFontSize}px ${figureFont}">${escaped(text)}</text>`
  )
}

/** A standalone document. */
export function svgDocument(
  parts: readonly string[],
  { width, height, surface, title }: { width: number; height: number; surface: string; title: string },
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${surface}"/>`,
    ...parts,
    '</svg>',
  ].join('\n')
}
