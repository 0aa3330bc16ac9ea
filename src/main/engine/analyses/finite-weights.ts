import { ExitlabError } from '../../../shared/error.ts'
import type { EngineArrays } from './permute-units.ts'

/** @throws ExitlabError `checkpoint-damaged` where a weight of one of two models is not finite: no loss near it would be a number. */
export function checkFinite(models: readonly [EngineArrays, EngineArrays]): void {
  models.forEach((arrays, index) => {
    const broken = Object.entries(arrays).find(([, { values }]) => !values.every(Number.isFinite))
    if (!broken) return
    throw new ExitlabError(
      'checkpoint-damaged',
      `${broken[0]} of the ${index === 0 ? 'first' : 'second'} run is not finite: its training diverged, so no path leads there; choose another run`,
    )
  })
}
