import { hasLook, seriesStyle } from '../../../figures/regimes.ts'

/** CSS colour of a series: of its lines and markers, or of words (`ink`). Without `look` it looks like its regime. */
export function regimeColour(
  { regime, look = null }: { regime: string | null; look?: number | null },
  use: 'line' | 'ink' = 'line',
): string {
  if (look === null && hasLook(regime)) return `var(--regime-${regime}${use === 'ink' ? '-ink' : ''})`
  const { light, dark } = seriesStyle({ regime, look })[use]
  return `light-dark(${light}, ${dark})`
}
