import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { dominanceBatches } from '../../../shared/evaluation/dominance.ts'
import { fillInBaselines } from '../../../shared/experiment/baselines.ts'
import { phaseBaselines, phaseIdentity } from '../../../contract/experiment/identity.ts'
import { isJsonObject } from '../../../shared/basics/json.ts'
import { phaseDefinition, type PhaseDefinition } from '../../../contract/experiment/phase-definition.ts'
import { parseStored, requireMethods } from '../../../contract/experiment/stored-methods.ts'
import { makeInnerFolder } from '../../../files/make-folders.ts'
import { readSealed, sealOf, writeSealed } from '../../../files/sealed-json.ts'
import { keepExtensions } from '../../extensions/keep.ts'
import { phaseFolder, refuseOtherDepot } from './depot.ts'
import { withKeptWeights, keepWeights } from './keep-weights.ts'

export const jobName = 'job.json'

/** Everything that a trainer needs to train a phase, besides the weights of its parent, which is a phase of the same depot. */
const phaseJob = z.strictObject({
  format: z.literal(1),
  definition: z.unknown().transform((stored, context): PhaseDefinition => {
    const whole = isJsonObject(stored) ? fillInBaselines(stored, phaseBaselines) : stored
    const { value, problem } = parseStored(phaseDefinition, whole, 'definition')
    if (problem === null) return value
    context.addIssue(problem)
    return z.NEVER
  }),
  /** Folder or file of the samples, absolute, on every machine that trains it. */
  dataPath: z.string(),
  tokenizer: z.strictObject({ file: z.string(), cache: z.string() }).optional(),
  dominanceBatches,
  /** Whether its exits are evaluated: some run ends with it. */
  evaluate: z.boolean(),
})
export type PhaseJob = z.infer<typeof phaseJob>

/** The id of the phase that has this definition. */
export function phaseIdOf(definition: PhaseDefinition): string {
  return sealOf(phaseIdentity(definition))
}

/** Writes a job into the folder of its phase, unless it exists. What another one wants evaluated stays so. */
export async function writeJob(depot: string, phaseId: string, job: PhaseJob): Promise<void> {
  const folder = phaseFolder(depot, phaseId)
  const present = await readSealed(join(folder, jobName), phaseJob)
  const wanted = { ...job, evaluate: job.evaluate || present?.evaluate === true }
  if (present !== null && canonicalJson(present) === canonicalJson(wanted)) return
  await makeInnerFolder(folder)
  await writeSealed(join(folder, jobName), wanted)
}

/** The job of a phase; null where it has none, as phases that were trained within a workspace. @throws ExitlabError as `readJob`. */
export async function findJob(depot: string, phaseId: string): Promise<PhaseJob | null> {
  const path = join(phaseFolder(depot, phaseId), jobName)
  const job = await readSealed(path, phaseJob)
  if (job === null && existsSync(path))
    throw damaged(`${path} is damaged, or from a newer Exitlab.`, 'Queue the experiment again, which writes it anew.')
  if (job !== null && phaseIdOf(job.definition) !== phaseId)
    throw damaged(`${path} is of another phase, ${phaseIdOf(job.definition)}.`, 'Move its folder to that name.')
  return job
}

/**
 * The job of a phase, to be trained, with the weights that the depot keeps for it. @throws ExitlabError `not-found` where there is none, `workspace-damaged` where it is damaged or
 * misplaced, `unknown-method` where this version does not have what it needs.
 */
export async function readJob(depot: string, phaseId: string): Promise<PhaseJob> {
  refuseOtherDepot(depot)
  const job = await findJob(depot, phaseId)
  if (job === null) {
    const path = join(phaseFolder(depot, phaseId), jobName)
    throw new ExitlabError('not-found', `There is no job ${path}. Give the depot and the id of one of its phases.`)
  }
  requireMethods(job.definition)
  return { ...job, definition: withKeptWeights(depot, job.definition) }
}

function damaged(what: string, remedy: string): ExitlabError {
  return new ExitlabError('workspace-damaged', `${what} ${remedy}`)
}

/** Writes the job of a phase into a depot, and beside it what whoever trains it may not have: extensions, and the file of weights. */
export async function bringJob(depot: string, phaseId: string, job: PhaseJob): Promise<void> {
  await keepExtensions(depot, job.definition.methods)
  await keepWeights(depot, job.definition)
  await writeJob(depot, phaseId, job)
}
