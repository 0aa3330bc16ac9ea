import type { ExitPredictions, MeanStd } from '../../../shared/evaluation.ts'
import type { WhatIfAnswer } from '../../../shared/what-if.ts'
import type { RunIdentity } from './evaluation-summary.ts'
import type { ScoredExits } from './scored-exits.ts'
import { meanStd } from '../../../shared/statistics.ts'
import { whatIf } from './what-if.ts'
import type { WhatIf } from './what-if.ts'

/** One split of a run under one rule: what leaves where, and what each exit would say. */
export interface ScoredRun {
  identity: RunIdentity
  scored: ScoredExits
  predictions: ExitPredictions
}

export interface WhatIfOptions {
  /** One for all exits, or one for each exit but the final. */
  thresholds: number | readonly number[]
  /** How many of the lost samples are listed. */
  samples: number
}

/** Applies thresholds to the seeds of one regime: what-if of each, and their means. Accuracies and shares in %. */
export function whatIfOverSeeds(
  runs: readonly [ScoredRun, ...ScoredRun[]],
  { thresholds, samples }: WhatIfOptions,
): WhatIfAnswer {
  const answers = runs.map(({ identity, scored }) => whatIf(scored, thresholds, identity.exitMacs))
  const over = (value: (answer: WhatIf, run: ScoredRun) => number) =>
    meanStd(answers.map((answer, i) => value(answer, runs[i]!)))
  const [first] = runs
  const lost = answers[0]!.rightEarlyWrongLate
  return {
    runs: runs.map(({ identity }) => identity.id),
    accuracy: over(({ accuracy }) => 100 * accuracy),
    macs: over(({ macs }) => macs),
    backboneMacs: first.identity.backboneMacs,
    exits: first.identity.exitMacs.map((macs, exit) => ({
      exit,
      block: first.identity.exitBlocks[exit]!,
      fraction: macs / first.identity.backboneMacs,
      leaving: over(({ leaving }, { scored }) => (100 * leaving[exit]!) / scored.sampleCount),
      accuracy: accuracyOfLeaving(answers, exit),
    })),
    lost: {
      share: over(({ rightEarlyWrongLate }, { scored }) => (100 * rightEarlyWrongLate.length) / scored.sampleCount),
      count: lost.length,
      samples: [...lost.subarray(0, samples)].map((sample) => lostSample(first, answers[0]!, sample)),
    },
  }
}

function accuracyOfLeaving(answers: readonly WhatIf[], exit: number): MeanStd | null {
  if (answers.some(({ leaving }) => leaving[exit] === 0)) return null
  return meanStd(answers.map(({ leaving, correctLeaving }) => (100 * correctLeaving[exit]!) / leaving[exit]!))
}

function lostSample({ predictions }: ScoredRun, { leaves }: WhatIf, sample: number) {
  const { exitCount, sampleCount, classes, confidences, labels } = predictions
  const perExit = (values: ArrayLike<number>) =>
    Array.from({ length: exitCount }, (_, exit) => values[exit * sampleCount + sample]!)
  return {
    sample,
    label: labels[sample]!,
    leaves: leaves[sample]!,
    predictions: perExit(classes),
    confidences: perExit(confidences),
  }
}
