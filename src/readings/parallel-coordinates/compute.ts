import type { z } from 'zod'
import type { ReadingSources } from '../sources.ts'
import { bestFirst, readSweep, type sweepQuestion, type SweptValues } from '../sweep.ts'

/** The series with the best first. */
export async function compute(sources: ReadingSources, question: z.output<typeof sweepQuestion>): Promise<SweptValues> {
  const read = await readSweep(sources, question)
  return { ...read, series: bestFirst(read) }
}
