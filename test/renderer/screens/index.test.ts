// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { analysisScreens } from '../../../src/renderer/screens/index.ts'

test('a screen has one name, in the rail as on its page', () => {
  expect(analysisScreens.length).toBeGreaterThan(2)
  for (const { word, title } of analysisScreens) expect(word.replaceAll('\u00AD', '')).toBe(title)
})
