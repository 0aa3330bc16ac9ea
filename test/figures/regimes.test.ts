import { expect, test } from 'vitest'
import { seriesStyle } from '../../src/figures/regimes.ts'
import { paperRegimes } from '../../src/shared/methods/regime-names.ts'

test('of seven regimes and fifty more series no two share marker, dash and colour', () => {
  const shown = [
    ...paperRegimes.map((regime) => seriesStyle({ regime, look: null })),
    ...Array.from({ length: 50 }, (_, look) => seriesStyle({ regime: 'mixed', look })),
  ]
  expect(new Set(shown.map(({ marker, dash, line }) => [marker, dash, line.light].join(' '))).size).toBe(57)
})
