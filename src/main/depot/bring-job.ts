import { keepExtensions } from '../extensions/keep.ts'
import { keepWeights } from './keep-weights.ts'
import { writeJob, type PhaseJob } from './phase-job.ts'

/** Writes the job of a phase into a depot, and beside it what whoever trains it may not have: extensions, and the file of weights. */
export async function bringJob(depot: string, phaseId: string, job: PhaseJob): Promise<void> {
  await keepExtensions(depot, job.definition.methods)
  await keepWeights(depot, job.definition)
  await writeJob(depot, phaseId, job)
}
