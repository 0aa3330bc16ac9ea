// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest'
import { inWindowFont } from '../../../src/renderer/charts/window-font.ts'
import { svgDocument, svgWords } from '../../../src/figures/svg.ts'

afterEach(() => document.documentElement.removeAttribute('style'))

it('leaves a drawing well-formed where the style sheet quotes names of faces twice', () => {
  document.documentElement.style.setProperty('--font', 'Inter, "Segoe UI", sans-serif')
  const words = svgWords('loss, nats', { x: 0, y: 0, colour: '#000' })
  const drawing = inWindowFont(svgDocument([words], { width: 10, height: 10, surface: 'none', title: '' }))
  expect(drawing).toMatch(/style="font: 400 11px Inter, 'Segoe UI', sans-serif">loss, nats<\/text>/)
})
