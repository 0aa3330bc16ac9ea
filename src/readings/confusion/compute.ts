import type { z } from 'zod'
import { confusionOf } from './compute/matrix.ts'
import { exitPlace } from '../../shared/evaluation/exit-id.ts'
import type { ReadingSources } from '../sources.ts'
import type { ConfusionAnswer, confusionQuestion } from './schema.ts'

export async function compute(
  sources: ReadingSources,
  { runs, exit }: z.output<typeof confusionQuestion>,
): Promise<ConfusionAnswer> {
  const seeds = await sources.outputs({ runs })
  const found = confusionOf(seeds, exitPlace(exit, seeds[0].scored.exitCount))
  const { experiment, series, readOn: split = 'test' } = seeds[0].identity
  const classes = await sources.classes(found.runs[0]!, found.classCount)
  return { ...found, experiment, series, split, classes }
}
