import type { LossLandscapeParameters } from '../schema.ts'
import type { ChosenDraw } from './arrangement.ts'
import { grouped } from '../../../../shared/format/numbers.ts'

const moved = { all: '', backbone: ', backbone alone', heads: ', heads alone' }

/** Data of a landscape's computation, in one line. `images`: number of images used. */
export function landscapeNote(
  parameters: LossLandscapeParameters,
  { images, draw }: { images: number; draw: ChosenDraw },
): string {
  const { split, seed, draws, parts, oneDimensional, precision } = parameters
  const of = `${grouped(String(images))} ${split === 'train' ? 'training' : 'test'} samples`
  const shown = draws === 1 ? '' : draw === 'mean' ? `, mean of ${draws} draws` : `, draw ${draw + 1} of ${draws}`
  const small = oneDimensional === 'zero' ? '' : ', biases and norms too'
  const format = precision === 'bfloat16' ? ' · bfloat16' : ''
  return `${of} · filter-normalised directions of seed ${seed}${moved[parts]}${small}${shown}${format}`
}
