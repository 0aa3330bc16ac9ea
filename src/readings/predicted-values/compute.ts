import type { z } from 'zod'
import { predictedValuesOf } from '../../engine/evaluation/predicted-values.ts'
import { exitPlace } from '../../shared/evaluation/exit-id.ts'
import type { ReadingSources } from '../sources.ts'
import type { PredictedValuesAnswer, predictedValuesQuestion } from './schema.ts'

export async function compute(
  sources: ReadingSources,
  { runs, exit }: z.output<typeof predictedValuesQuestion>,
): Promise<PredictedValuesAnswer> {
  const { identity, outputs } = await sources.values({ runs })
  const { id: run, exitBlocks, experiment, series, seed, readOn: split = 'test' } = identity
  const found = predictedValuesOf(outputs, { exit: exitPlace(exit, outputs.exitCount), exitBlocks })
  const { name } = sources.run([run])
  return { run, ...found, experiment, series, seed, split, name }
}
