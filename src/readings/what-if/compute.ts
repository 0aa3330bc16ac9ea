import { whatIfOverSeeds } from './compute/over-seeds.ts'
import { checkThresholds } from '../../shared/evaluation/check-thresholds.ts'
import type { ReadingSources } from '../sources.ts'
import type { SeriesWhatIf, WhatIfQuestion } from './schema.ts'

/** @throws ExitlabError `usage` for several series or a wrong number of thresholds. */
export async function compute(
  sources: ReadingSources,
  { thresholds, ...asked }: WhatIfQuestion,
): Promise<SeriesWhatIf> {
  const seeds = await sources.scored(asked)
  const [{ identity, scored }] = seeds
  checkThresholds(thresholds, scored.exitCount)
  const { experiment, regime, series, look = null } = identity
  return { ...whatIfOverSeeds(seeds, thresholds), experiment, regime, series, look, rule: sources.ruleOf(asked) }
}
