import { rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { PhaseDefinition } from '../../../../contract/experiment/phase-definition.ts'
import type { TrainerEventOf } from '../../../../shared/phases/trainer-events.ts'
import { phaseFolder } from '../../../execution/depot/depot.ts'
import { recordName, writeEvaluationRecord } from '../../../execution/depot/evaluation-record.ts'
import type { PhaseResults } from '../../../execution/depot/phase-results.ts'
import { evaluationName, finalName, writeManifest } from '../../../../files/checkpoint-manifest.ts'
import { makeInnerFolder } from '../../../../files/make-folders.ts'
import { setAside } from '../../../../files/set-aside.ts'
import { copyReadable, damageOf, weightsMarks, type ExpectedFile } from '../../../../files/verified-file.ts'
import { checkpointFolder, evaluationFile, type Workspace } from '../../../store/workspace.ts'

/** What a depot has of a phase, copied into the workspace; or the fault of a file in it, which is set aside. */
export type Collected =
  | { trained: TrainerEventOf<'trained'>; evaluated: TrainerEventOf<'evaluated'> | null; fault: null }
  | { trained: null; fault: string | null }

export interface CollectOptions {
  depot: string
  workspace: Workspace
  phase: { id: string; definition: PhaseDefinition }
  /** What its records say. */
  results: PhaseResults
}

/**
 * Copies the results of a phase from a depot into its own folder, each file verified; those that are there already are verified alone.
 * Nothing is collected from a phase that is not trained.
 */
export async function collectResults({ depot, workspace, phase, results }: CollectOptions): Promise<Collected> {
  const folder = phaseFolder(depot, phase.id)
  const { weights, evaluation } = results
  if (weights === null) return { trained: null, fault: null }
  const { sha256, epoch, ended, keptEpoch } = weights
  const own = checkpointFolder(workspace, phase.id)
  const file = join(own, finalName)
  const fault = await bring({ path: join(folder, finalName), sha256, marks: weightsMarks(phase.id) }, file)
  if (fault !== null) return { trained: null, fault }
  if (own !== folder) await writeManifest(own, weights)
  const trained = { type: 'trained', checkpoint: { file, sha256 }, epochs: epoch, ended, keptEpoch } as const
  if (evaluation === null) return { trained, evaluated: null, fault: null }
  const to = evaluationFile(workspace, phase.id)
  const marks = { content: 'evaluation', phase: phase.id, weights: sha256, dataset: phase.definition.dataset } as const
  const other = await bring({ path: join(folder, evaluationName), sha256: evaluation.sha256, marks }, to)
  if (other !== null) {
    await rm(join(folder, recordName), { force: true })
    return { trained: null, fault: other }
  }
  if (own !== folder) await writeEvaluationRecord(own, evaluation)
  const evaluated = { type: 'evaluated', file: to, sha256: evaluation.sha256, metrics: evaluation.metrics } as const
  return { trained, evaluated, fault: null }
}

/** @returns the fault of the file, which is set aside, as a sentence. @throws as `damageOf`. */
async function bring(expected: ExpectedFile, to: string): Promise<string | null> {
  await makeInnerFolder(dirname(to))
  const fault = await (expected.path === to ? damageOf(expected) : copyReadable(expected, to))
  if (fault === null) return null
  await setAside(dirname(expected.path), basename(expected.path))
  return `${expected.path} ${fault}.`
}
