import type { z } from 'zod'
import type { samplesInput, valueSamplesInput } from '../../contract/evaluations.ts'
import { ExitlabError } from '../../shared/error.ts'
import { exitPlace } from '../../shared/exit-id.ts'
import type { ValueSamples } from '../../shared/predicted-values.ts'
import type { GroupedSamples } from '../../shared/sample-groups.ts'
import { checkThresholds } from '../../shared/check-thresholds.ts'
import { groupSamples, leavingExits, valueSamplesOf } from '../../engine/pure.ts'
import { resolveRun } from '../runs/references.ts'
import type { EvaluationSources } from './evaluation-reader.ts'
import { splitsOf } from './read-split.ts'
import { valuesOf, withClasses } from './split-outputs.ts'

/** Samples of a run by where they leave and where they are right. */
export async function samples(
  services: EvaluationSources,
  query: z.output<typeof samplesInput>,
): Promise<GroupedSamples> {
  const run = resolveRun(services.store, query.run)
  const split = splitOfSamples(services, query)
  const { predictions, ...scored } = withClasses(await services.evaluations.scored(run, { ...query, split }))
  checkThresholds(query.thresholds, scored.scored.exitCount)
  refuseOtherClass(query.label, predictions.classCount)
  const exit = exitPlace(query.exit, scored.scored.exitCount)
  return { split, ...groupSamples({ ...scored, predictions }, { ...query, exit }) }
}

const splitOfSamples = ({ store }: EvaluationSources, { run, ...query }: z.output<typeof valueSamplesInput>) =>
  splitsOf(store, { ...query, runs: [run] })()

function refuseOtherClass(label: number | null, classCount: number): void {
  if (label === null || label < classCount) return
  throw new ExitlabError(
    'usage',
    `There is no class ${label}: expected 0 to ${classCount - 1}, or null for all classes.`,
  )
}

/** Samples of a regression, those with the largest errors first. */
export async function valueSamples(
  services: EvaluationSources,
  query: z.output<typeof valueSamplesInput>,
): Promise<ValueSamples> {
  const run = resolveRun(services.store, query.run)
  const split = splitOfSamples(services, query)
  const { outputs } = await valuesOf(services, run, split)
  checkThresholds(query.thresholds, outputs.exitCount)
  const { scored } = await services.evaluations.scored(run, { ...query, split })
  const exit = query.exit === null ? null : exitPlace(query.exit, outputs.exitCount)
  return { split, ...valueSamplesOf(outputs, leavingExits(scored, query.thresholds), { ...query, exit }) }
}
