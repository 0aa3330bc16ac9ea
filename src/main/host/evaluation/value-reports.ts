import type { z } from 'zod'
import type { predictedValuesInput, valueSamplesInput } from '../../../contract/evaluations.ts'
import { ExitlabError } from '../../../shared/error.ts'
import type { PredictedValues, ValueSamples } from '../../../shared/predicted-values.ts'
import { leavingExits, predictedValuesOf, valueSamplesOf, type ValueOutputs } from '../../engine/pure.ts'
import type { RunRow } from '../../store/runs.ts'
import { resolveRun } from '../runs/references.ts'
import type { EvaluationSources } from './evaluation-reader.ts'
import { indexOf } from './exit-index.ts'
import { runIdentity } from './run-identity.ts'
import { refuseOtherThresholds } from './what-if.ts'

/** Predicted against true values of one exit of a regression. */
export async function predictedValues(
  services: EvaluationSources,
  query: z.output<typeof predictedValuesInput>,
): Promise<PredictedValues> {
  const run = resolveRun(services.store, query.run)
  const outputs = await valuesOf(services, run, query.split)
  const { exitBlocks } = runIdentity(services.store, run)
  return { run: run.id, ...predictedValuesOf(outputs, { exit: indexOf(query.exit, outputs.exitCount), exitBlocks }) }
}

/** Samples of a regression, those with the largest errors first. */
export async function valueSamples(
  services: EvaluationSources,
  query: z.output<typeof valueSamplesInput>,
): Promise<ValueSamples> {
  const run = resolveRun(services.store, query.run)
  const outputs = await valuesOf(services, run, query.split)
  refuseOtherThresholds(query.thresholds, outputs.exitCount)
  const { scored } = await services.evaluations.scored(run, query)
  const exit = query.exit === null ? null : indexOf(query.exit, outputs.exitCount)
  return valueSamplesOf(outputs, leavingExits(scored, query.thresholds), { ...query, exit })
}

/** All outputs of a split: one number for each exit and sample. @throws ExitlabError `usage` where the run has classes. */
function valuesOf(
  { store, evaluations }: EvaluationSources,
  run: RunRow,
  split: 'validation' | 'test',
): Promise<ValueOutputs> {
  if (store.series.get(run.seriesId).network.task !== 'regression')
    throw new ExitlabError('usage', 'Only for a regression: a classification has classes and confidences instead.')
  return evaluations.outputs(run, (outputs) => outputs[split].samples(0, outputs[split].sampleCount))
}
