import type { AnalysisKind, AnalysisParameters, AnalysisResult } from '../../../src/analyses/index.ts'
import type { ConnectivityPath } from '../../../src/analyses/mode-connectivity/schema.ts'
import type { AnalyseJob } from '../../../src/shared/trainer.ts'
import { outlineOf } from '../../../src/main/engine/networks/families.ts'

interface Made<Kind extends AnalysisKind> {
  parameters: AnalysisParameters<Kind>
  exits: number[]
  blocks: number[]
  /** 0…1, follows from the parts. */
  level: number
  /** Of the work that is done. */
  share: number
}

type Makers = { [Kind in AnalysisKind]: (made: Made<Kind>) => AnalysisResult<Kind> }

const caveats = ['These numbers are made up.']

const makers: Makers = {
  'gradient-dominance': ({ parameters, exits, blocks, level, share }) => ({
    exits: exits.map((exit) => level / (exit + 1)),
    blocks: exits.map((exit) =>
      blocks.map((block) => (exit < exits.length - 1 && block > exit + 1 ? null : level / (exit + block + 1))),
    ),
    spread: exits.map(() => (parameters.batches > 1 ? level / 10 : null)),
    batches: Math.max(1, Math.floor(share * parameters.batches)),
    caveats,
  }),
  'mode-connectivity'({ parameters, exits, level, share }) {
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
      caveats,
    }
  },
  'loss-landscape'({ parameters: { points, reach, draws, images }, exits, level, share }) {
    const coefficients = Array.from({ length: points }, (_, index) => reach * ((2 * index) / (points - 1) - 1))
    const surface = (exit: number, draw: number) =>
      coefficients.map((first, row) =>
        coefficients.map((second) =>
          row < share * points ? (1 + level + draw / 10) * (first ** 2 + second ** 2) + 1 / (exit + 1) : null,
        ),
      )
    const surfaces = Array.from({ length: draws }, (_, draw) => exits.map((exit) => surface(exit, draw)))
    return { coefficients, surfaces, images, caveats }
  },
  'numerical-rank': ({ parameters: { samples }, blocks, level, share }) => ({
    blocks: partOf(blocks, share).map((block) => ({
      block,
      rank: 8 + block,
      full: 32,
      featureCount: 64,
      usedFeatures: 32,
      spectrum: [1, 2, 4, 8, 16, 32].map((index) => ({ index, value: index ** (-1 - level) })),
    })),
    samples,
    caveats,
  }),
  'mutual-information': ({ parameters: { references, label }, blocks, level, share }) => ({
    blocks: partOf(blocks, share).map((block) => ({
      block,
      input: Math.log(references) * (1 - level / 10) ** (block + 1),
      inputError: 0.02,
      label: label ? 1 + block / 10 : null,
      labelError: label ? 0.01 : null,
      dimensions: 32,
    })),
    inputCeiling: Math.log(references),
    labelCeiling: label ? Math.log(3) : null,
    caveats,
  }),
}

/** A result of a kind, or the part of one that is there after a share of the work. */
export function madeResult(job: AnalyseJob, { draws, share }: { draws: readonly number[]; share: number }): unknown {
  const { network } = job.runs[0]!
  const make = makers[job.analysis] as (made: Made<never>) => unknown
  return make({
    parameters: job.parameters as never,
    exits: [...network.exits, -1].map((_, exit) => exit),
    blocks: Array.from({ length: outlineOf(network).blockCount }, (_, block) => block),
    level: draws.reduce((sum, draw) => sum + draw, 0) / draws.length,
    share,
  })
}

function partOf<T>(all: readonly T[], share: number): T[] {
  return all.slice(0, Math.max(1, Math.floor(share * all.length)))
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
