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

/** Applies thresholds to the seeds of one regime: what-if of each, and their means. Accuracies and shares in %. */
export function whatIfOverSeeds(
  runs: readonly [ScoredRun, ...ScoredRun[]],
  /** One for all exits, or one for each exit but the final. */
  thresholds: number | readonly number[],
): WhatIfAnswer {
  const answers = runs.map(({ identity, scored }) => whatIf(scored, thresholds, identity.exitMacs))
  const over = (value: (answer: WhatIf, run: ScoredRun) => number) =>
    meanStd(answers.map((answer, i) => value(answer, runs[i]!)))
  const [first] = runs
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
    lost: over(({ lost }, { scored }) => (100 * lost) / scored.sampleCount),
  }
}

function accuracyOfLeaving(answers: readonly WhatIf[], exit: number): MeanStd | null {
  if (answers.some(({ leaving }) => leaving[exit] === 0)) return null
  return meanStd(answers.map(({ leaving, correctLeaving }) => (100 * correctLeaving[exit]!) / leaving[exit]!))
}
