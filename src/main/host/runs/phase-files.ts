import { join } from 'node:path'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'
import { manifestOf } from '../../../files/checkpoint-manifest.ts'
import { faultOf, weightsMarks, type Marks } from '../../../files/verified-file.ts'

/** A file that the store refers to. */
export interface PhaseFile {
  /** Relative to the workspace. */
  file: string
  kind: 'weights' | 'evaluation'
  phase: PhaseRow
  /** Fault of a file, as the end of a sentence; null if it is intact. Reads the whole file. `look`: default `faultOf`. */
  fault(look?: Look): Promise<string | null>
}

type Look = typeof faultOf

/** Files of a run's phases: the best checkpoint of each, then the evaluation of the last. */
export function phaseFiles(store: Store, runId: string): PhaseFile[] {
  const chain = store.phases.chain(runId)
  const last = chain.at(-1)!
  const evaluation = store.evaluations.get(last.id)
  const path = (file: string) => join(store.workspace.folder, file)
  const weights = chain.flatMap((phase): PhaseFile[] => {
    if (phase.checkpoint === null) return []
    const { file, sha256 } = phase.checkpoint
    return [
      { file, kind: 'weights', phase, fault: (look) => weightsFault({ file: path(file), sha256 }, phase.id, look) },
    ]
  })
  if (evaluation === null) return weights
  const { file, sha256 } = evaluation
  const fault = (look = faultOf) => look({ path: path(file), sha256, marks: evaluationMarks(last) })
  return [...weights, { file, kind: 'evaluation', phase: last, fault }]
}

async function weightsFault(
  weights: { file: string; sha256: string },
  phase: string,
  look: Look = faultOf,
): Promise<string | null> {
  const { file: path, sha256 } = weights
  const fault = await look({ path, sha256, marks: weightsMarks(phase) })
  return fault ?? manifestFault(weights)
}

/** Fault of the manifest of weights, as the end of a sentence. */
export async function manifestFault(weights: { file: string; sha256: string }): Promise<string | null> {
  try {
    return (await manifestOf(weights)) === null ? 'has no manifest, or the manifest of other weights' : null
  } catch (error) {
    return `has an unreadable manifest: ${(error as Error).message}`
  }
}

export function evaluationMarks({ id, definition, checkpoint }: PhaseRow): Marks {
  return { content: 'evaluation', phase: id, weights: checkpoint?.sha256, dataset: definition.dataset }
}

/** Command that repairs damaged files of runs. */
export const retrying = (runs: readonly string[]) => ({ runs, command: ['retry', ...runs] })
