import type { ImportedTraining } from '../../../../shared/runs/imported.ts'
import type { ImportChoice } from './import-choice.ts'
import { curvePoints, type Track } from './track.ts'

/** Curves of exits, in the units of the file; null where none was logged more than once, or at all where more is to come. */
export function trainingOf(
  tracks: readonly Track[],
  { axis, follow = false }: Pick<ImportedTraining, 'axis'> & Pick<ImportChoice, 'follow'>,
): ImportedTraining | null {
  const curves = tracks.map((track) => curvePoints(track).flatMap(({ step, value }) => [step, value]))
  return curves.some((curve) => curve.length > (follow ? 0 : 2)) ? { axis, curves } : null
}

/** The same with values in other units. */
export function convertedTraining({ axis, curves }: ImportedTraining, of: (value: number) => number): ImportedTraining {
  return { axis, curves: curves.map((curve) => curve.map((number, at) => (at % 2 === 0 ? number : of(number)))) }
}

/** All values of all curves. */
export const trainingValues = ({ curves }: ImportedTraining): number[] =>
  curves.flatMap((curve) => curve.filter((_, at) => at % 2 === 1))
