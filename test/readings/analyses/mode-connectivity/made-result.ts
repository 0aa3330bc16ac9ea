import type { ConnectivityPath, ModeConnectivity } from '../../../../src/readings/analyses/mode-connectivity/schema.ts'
import type { Maker } from '../../../support/fake-trainer/made-results.ts'
import { madeCaveats } from '../../../support/fake-trainer/made-results.ts'

/** What the fake trainer says it found. */
export const madeResult: Maker<ModeConnectivity> = ({ parameters, exits, level, share }) => {
  const places = Math.max(2, Math.floor(share * parameters.points))
  const lambdas = Array.from({ length: places }, (_, place) => place / (places - 1))
  const path = (height: number) => ({
    train: pathOf(lambdas, exits, height),
    test: pathOf(lambdas, exits, height + 0.1),
  })
  return {
    lambdas,
    naive: path(1 + level),
    matched: parameters.matched ? path(level / 2) : null,
    matching: parameters.matched
      ? {
          sweeps: 3,
          groups: 4,
          distanceBefore: 20 + level,
          distanceAfter: 10 + level,
          equivalence: { largestDifference: 1e-6, images: 20 },
        }
      : null,
    caveats: madeCaveats,
  }
}

/** A path that rises to `height` in the middle. */
function pathOf(lambdas: readonly number[], exits: readonly number[], height: number): ConnectivityPath['train'] {
  const bump = (lambda: number) => 4 * lambda * (1 - lambda) * height
  return {
    losses: lambdas.map((lambda) => exits.map((exit) => 1 / (exit + 1) + bump(lambda))),
    accuracies: lambdas.map((lambda) => exits.map(() => 0.9 - Math.min(0.8, bump(lambda) / 4))),
    barriers: exits.map(() => Math.max(...lambdas.map(bump))),
    meanBarrier: Math.max(...lambdas.map(bump)),
  }
}
