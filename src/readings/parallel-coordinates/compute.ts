import type { z } from 'zod'
import { mean } from '../../shared/statistics.ts'
import { primaryMetric } from '../../shared/task.ts'
import type { ReadingSources } from '../sources.ts'
import { readSweep, type SweptValues } from '../sweep.ts'
import type { parallelCoordinatesQuestion } from './schema.ts'

export async function compute(
  sources: ReadingSources,
  question: z.output<typeof parallelCoordinatesQuestion>,
): Promise<SweptValues> {
  const read = await readSweep(sources, question)
  const sign = primaryMetric(read).higherIsBetter ? 1 : -1
  return { ...read, series: read.series.toSorted((a, b) => sign * (mean(b.values) - mean(a.values))) }
}
