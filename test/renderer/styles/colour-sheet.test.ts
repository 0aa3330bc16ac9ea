import { expect, test } from 'vitest'
import { colourSheet } from '../../../src/renderer/styles/colour-sheet.ts'

test('the page has the colours of the workbench, of regimes and of exits, for light and dark', () => {
  const sheet = colourSheet()
  expect(sheet).toContain('--canvas: light-dark(#f3f4f6, #101216);')
  expect(sheet).toContain('--regime-joint: light-dark(#0072b2, #4593e6);')
  expect(sheet).toContain('--regime-joint-ink: light-dark(#00629a, #74b3f2);')
  expect(sheet).toContain('--exit-7: light-dark(#4d2378, #b08be6);')
})
