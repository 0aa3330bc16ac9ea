import { join } from 'node:path'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { readEvaluation, type EvaluatedOutputs } from '../../../../files/evaluation-file.ts'
import { openVerified } from '../../../../files/verified-file.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import { evaluationMarks, retrying } from '../../runs/phase-files.ts'

/** The file of a run's evaluation, as it must be. @throws ExitlabError `conflict` while there is none. */
export function evaluationFileOf(store: Store, run: RunRow) {
  const phase = store.phases.last(run.id)!
  const row = store.evaluations.get(phase.id)
  if (row === null) throw new ExitlabError('conflict', `${run.name} is ${run.status}: it has not been evaluated yet.`)
  const { file, sha256 } = row
  return { path: join(store.workspace.folder, file), sha256, marks: evaluationMarks(phase), phaseId: phase.id }
}

/** Gives the outputs of a run to `use`. @throws ExitlabError `checkpoint-damaged` if the file has changed since it was written. */
export async function useOutputs<T>(
  store: Store,
  run: RunRow,
  use: (outputs: EvaluatedOutputs) => Promise<T>,
): Promise<T> {
  const expected = evaluationFileOf(store, run)
  const { file, fault } = await openVerified(expected)
  if (file === null) throw damagedEvaluation(expected.path, run, fault)
  await using opened = file
  return await use(await readEvaluation(opened, expected.path))
}

export function damagedEvaluation(path: string, run: RunRow, fault: string): ExitlabError {
  return new ExitlabError(
    'checkpoint-damaged',
    `The evaluation of ${run.name}, ${path}, ${fault}. Retry the run: it is evaluated again, with the same result.`,
    retrying([run.id]),
  )
}
