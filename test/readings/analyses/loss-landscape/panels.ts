import type { LandscapePanel } from '../../../../src/readings/analyses/loss-landscape/figure/panel.ts'

/** The panel of a loss given by a formula, on `points` a side from −reach to reach. */
export function panelOf(
  loss: (delta: number, eta: number) => number | null,
  { points = 5, reach = 1, ...changes }: Partial<LandscapePanel> & { points?: number; reach?: number } = {},
): LandscapePanel {
  const coefficients = Array.from({ length: points }, (_, index) => (reach * (2 * index - points + 1)) / (points - 1))
  const values = coefficients.map((delta) => coefficients.map((eta) => loss(delta, eta)))
  return {
    regime: 'mixed',
    series: 'mixed',
    look: null,
    seed: 1,
    exit: 1,
    exitName: 'exit 1',
    coefficients,
    values,
    spread: null,
    whole: true,
    ...changes,
  }
}

/** `f(δ, η) = 1 + 2δ² + η²` */
export const paraboloid = (delta: number, eta: number) => 1 + 2 * delta ** 2 + eta ** 2
