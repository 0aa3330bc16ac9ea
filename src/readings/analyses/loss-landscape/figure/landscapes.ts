import { z } from 'zod'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { seriesLooks } from '../../../../shared/experiment/series.ts'
import { plainText } from '../../../../shared/text/plain-text.ts'
import type { Found } from '../../analysis.ts'
import type { RunLandscape, ChosenDraw } from './arrangement.ts'
import { landscapeNote } from './note.ts'
import type { LossLandscapeParameters, LossLandscapeResult } from '../schema.ts'

/** One pair of directions by its index, or the mean over all. */
export const chosenDraw = z.union([z.int().nonnegative(), z.literal('mean')]).default('mean')

/** Landscapes that are exported together. */
export interface Landscapes {
  runs: (RunLandscape & { experiment: string })[]
  /** Data of the computation, in one line. */
  note: string
}

/** @throws ExitlabError `usage` for an unknown draw. */
export function landscapes(
  { answers, parameters, subjects }: Found<LossLandscapeParameters, LossLandscapeResult>,
  draw: ChosenDraw,
): Landscapes {
  checkDraw(draw, parameters.draws)
  const looks = seriesLooks(answers.map(({ runs: [run] }) => run!))
  const runs = answers.map(({ runs: [run], result: { coefficients, surfaces }, whole }) => {
    const { experiment, regime, series, seed } = run!
    const look = looks.get(series)!
    const exitCount = surfaces[0]!.length
    return { experiment, regime, series, look, seed, exitCount, coefficients, draws: surfaces, whole }
  })
  const of = subjects.map((each) => plainText(each, 60)).join(', ')
  return { runs, note: `${of} · ${landscapeNote(parameters, { images: answers[0]!.result.images, draw })}` }
}

function checkDraw(draw: ChosenDraw, draws: number): void {
  if (draw === 'mean' || draw < draws) return
  const range = draws === 1 ? 'one draw, 0' : `draws 0 to ${draws - 1}`
  throw new ExitlabError('usage', `There is no draw ${draw}: these landscapes have ${range}, and mean.`)
}

/** The requested exit, else the final one. @throws ExitlabError `usage` if no network has it. */
export function checkedExit({ runs }: Landscapes, asked: number | undefined): number {
  const count = Math.max(...runs.map(({ exitCount }) => exitCount))
  if (asked === undefined) return count - 1
  if (asked < count) return asked
  throw new ExitlabError('usage', `There is no exit ${asked}: expected one of 0 to ${count - 1}.`)
}
