import type { ExitlabError } from '../../../../shared/basics/error.ts'
import type { Value } from '../graph/graph.ts'
import { sizeOf, type Shape } from '../graph/shapes.ts'

/** Numbers of samples with which a model is looked at, to see what follows from them. */
export const [few, more] = [2, 3]

export type Refuse = (what: string) => ExitlabError

/** −k: k times the number of samples. */
export function anySamples(a: Shape, b: Shape, refuse: Refuse): number[] {
  if (a.length !== b.length) throw refuse('the rank of its output depends on the number of samples')
  return a.map((size, axis) => {
    if (size === b[axis]) return size
    if (size % few !== 0 || size / few !== b[axis]! / more)
      throw refuse('a size does not grow with the number of samples')
    return -size / few
  })
}

/** Known numbers for any number of samples. */
export interface Same {
  shape: Shape
  data: number[]
  /** They are those of the first sample, and each further one has them larger by this; undefined: they are all numbers. */
  step?: number
}

export function sameForAll(a: Value, b: Value, refuse: Refuse): Same {
  const data = Array.from(a.known!)
  if (a.shape.join() === b.shape.join() && data.every((each, index) => Object.is(each, b.known![index])))
    return { shape: a.shape, data }
  const [one, other] = [a, b].map(ofFirst)
  const isOfSamples = a.shape[0] === few && b.shape[0] === more
  if (isOfSamples && one && other && one.step === other.step && one.data.join() === other.data.join())
    return { shape: a.shape.with(0, 1), ...one }
  throw refuse('a constant depends on the number of samples')
}

/** The numbers of the first sample, and by what each further one has them larger; null where they differ otherwise. */
function ofFirst({ shape, known }: Value): Required<Pick<Same, 'data' | 'step'>> | null {
  const size = sizeOf(shape.slice(1))
  const all = Array.from(known!)
  const data = all.slice(0, size)
  const step = all[size] === all[0] ? 0 : all[size]! - all[0]!
  const expected = (index: number) => data[index % size]! + Math.floor(index / size) * step
  // A sum with 0 makes 0 of −0.
  return all.every((each, index) => Object.is(each + 0, expected(index))) ? { data, step } : null
}
