import type { LossLandscape } from '../../../../src/readings/analyses/loss-landscape/schema.ts'
import type { Maker } from '../../../support/fake-trainer/made-results.ts'
import { madeCaveats } from '../../../support/fake-trainer/made-results.ts'

/** What the fake trainer says it found. */
export const madeResult: Maker<LossLandscape> = ({
  parameters: { points, reach, draws, images },
  exits,
  level,
  share,
}) => {
  const coefficients = Array.from({ length: points }, (_, index) => reach * ((2 * index) / (points - 1) - 1))
  const surface = (exit: number, draw: number) =>
    coefficients.map((first, row) =>
      coefficients.map((second) =>
        row < share * points ? (1 + level + draw / 10) * (first ** 2 + second ** 2) + 1 / (exit + 1) : null,
      ),
    )
  const surfaces = Array.from({ length: draws }, (_, draw) => exits.map((exit) => surface(exit, draw)))
  return { coefficients, surfaces, images, caveats: madeCaveats }
}
