import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { windowColours } from '../../src/shared/window-colours.ts'

test('the frame of the window has the colours of the page in it', () => {
  const styles = readFileSync(new URL('../../src/renderer/styles/tokens.css', import.meta.url), 'utf8')
  for (const name of ['canvas', 'chrome', 'muted'] as const) {
    const { light, dark } = { light: windowColours.light[name], dark: windowColours.dark[name] }
    expect(styles).toContain(`--${name}: light-dark(${light}, ${dark});`)
  }
})
