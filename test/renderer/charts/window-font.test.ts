// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest'
import { drawnFont, inWindowFont } from '../../../src/renderer/charts/window-font.ts'
import { svgDocument, svgWords } from '../../../src/figures/svg.ts'

afterEach(() => document.documentElement.removeAttribute('style'))

it('leaves a drawing well-formed where the style sheet quotes names of faces twice', () => {
  document.documentElement.style.setProperty('--font', 'Inter, "Segoe UI", sans-serif')
  const words = svgWords('loss, nats', { x: 0, y: 0, colour: '#000' })
  const drawing = inWindowFont(svgDocument([words], { width: 10, height: 10, surface: 'none', title: '' }))
  expect(drawing).toMatch(/style="font: 400 11px Inter, 'Segoe UI', sans-serif">loss, nats<\/text>/)
})

it('measures words of every chart, of tooltips too, in the face that the style sheet draws them in', () => {
  document.documentElement.style.setProperty('--font', 'Inter, "Segoe UI", sans-serif')
  expect(drawnFont('12px sans-serif')).toBe("12px Inter, 'Segoe UI', sans-serif")
  expect(drawnFont('bold 11px Helvetica, Arial')).toBe("bold 11px Inter, 'Segoe UI', sans-serif")
})
