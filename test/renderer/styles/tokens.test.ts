import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { regimeStyles } from '../../../src/figures/regimes.ts'
import { figureColours } from '../../../src/figures/theme.ts'

const css = readFileSync(new URL('../../../src/renderer/styles/tokens.css', import.meta.url), 'utf8')
const defaults = css.slice(0, css.indexOf('\n}'))
const token = (name: string) => {
  const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(defaults) ?? []
  return { light, dark }
}

describe('the window', () => {
  it.each(Object.entries(regimeStyles))('draws %s in the colours that figures have', (regime, { line, ink }) => {
    expect(token(`regime-${regime}`)).toEqual(line)
    expect(token(`regime-${regime}-ink`)).toEqual(ink)
  })

  it.each(['surface', 'text', 'muted', 'grid', 'axis'] as const)('has the same %s as figures', (name) => {
    expect(token(name)).toEqual({ light: figureColours.light[name], dark: figureColours.dark[name] })
  })
})
