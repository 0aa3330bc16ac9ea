import { ExitlabError } from '../../shared/basics/error.ts'
import type { EngineArrays } from '../matching/permute-units.ts'

/** @throws ExitlabError `conflict` where a weight of a model is not finite: no loss near it would be a number. */
export function checkFinite(models: readonly EngineArrays[]): void {
  models.forEach((arrays, index) => {
    const broken = Object.entries(arrays).find(([, { values }]) => !values.every(Number.isFinite))
    if (!broken) return
    throw new ExitlabError(
      'conflict',
      `${broken[0]} of ${whichRun(index, models.length)} is not finite: its training diverged. Choose another run.`,
    )
  })
}

const whichRun = (index: number, count: number) =>
  count === 1 ? 'the run' : `the ${index === 0 ? 'first' : 'second'} run`
