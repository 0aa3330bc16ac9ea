import { sweepQuestion, sweptValues } from '../sweep.ts'

export const parallelCoordinatesQuestion = sweepQuestion

/** The best first. */
export const parallelCoordinatesAnswer = sweptValues
export type { SweptValues as ParallelCoordinatesAnswer } from '../sweep.ts'
