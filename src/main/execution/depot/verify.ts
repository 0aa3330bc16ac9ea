import { join } from 'node:path'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { evaluationName, finalName } from '../../../files/checkpoint-manifest.ts'
import { damagedExtensions } from '../../extensions/keep.ts'
import { faultOf, weightsMarks, type Marks } from '../../../files/verified-file.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { phaseFolder, phaseIds } from './depot.ts'
import { damagedWeights } from './keep-weights.ts'
import { eventsName } from './events.ts'
import { readEpochs } from './missing-epochs.ts'
import { readContent, recordedFiles, type PhaseContent } from './phase-content.ts'
import { findJob, type PhaseJob } from './phase-job.ts'

/** Reads every file of a depot that has a checksum, the extensions and files of weights that it keeps too. @returns what is wrong, a sentence for each fault. */
export async function verifyDepot(depot: string): Promise<{ phases: number; faults: string[] }> {
  const ids = await phaseIds(depot)
  const faults: string[] = []
  for (const id of ids) faults.push(...(await faultsOfPhase(depot, id)))
  for (const path of [...(await damagedExtensions(depot)), ...(await damagedWeights(depot))])
    faults.push(`${path} is damaged`)
  return { phases: ids.length, faults }
}

async function faultsOfPhase(depot: string, id: string): Promise<string[]> {
  const folder = phaseFolder(depot, id)
  const content = readContent(folder)
  const faults = content.damaged.map((name) => `${join(folder, name)} is damaged`)
  const job = await findJob(depot, id).catch((error: unknown) => {
    if (!(error instanceof ExitlabError)) throw error
    faults.push(error.message)
    return null
  })
  for (const { name, sha256 } of recordedFiles(content)) {
    const path = join(folder, name)
    const fault = await faultOf({ path, sha256, ...marksOf(name, { id, content, job }) })
    if (fault !== null) faults.push(`${path} ${fault}`)
  }
  return [...faults, ...(await gapsIn(folder, content))]
}

async function gapsIn(folder: string, content: PhaseContent): Promise<string[]> {
  const { missing } = await readEpochs(folder, content)
  if (missing.length === 0) return []
  const epochs = plural(content.weights!.epoch, 'epoch')
  return [`${join(folder, eventsName)} lacks ${missing.length} of ${epochs}, from epoch ${missing[0]} on`]
}

interface Owner {
  id: string
  content: PhaseContent
  job: PhaseJob | null
}

/** What a file says of itself; of an evaluation that is known from the job. */
function marksOf(name: string, { id: phase, content, job }: Owner): { marks?: Marks } {
  if (name === finalName) return { marks: weightsMarks(phase) }
  if (name !== evaluationName || job === null) return {}
  return {
    marks: { content: 'evaluation', phase, weights: content.weights!.sha256, dataset: job.definition.dataset },
  }
}
