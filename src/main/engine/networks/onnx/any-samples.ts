import type { ExitlabError } from '../../../../shared/error.ts'
import { sizeOf, type Shape } from './shapes.ts'
import type { Value } from './value.ts'

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
  /** Whether they are those of one sample, which all have. */
  repeats: boolean
}

export function sameForAll(a: Value, b: Value, refuse: Refuse): Same {
  const data = Array.from(a.known!)
  if (a.shape.join() === b.shape.join() && data.every((each, index) => Object.is(each, b.known![index])))
    return { shape: a.shape, data, repeats: false }
  const [one, other] = [a, b].map(firstSample)
  const isOfSamples = a.shape[0] === few && b.shape[0] === more
  if (isOfSamples && one && other && one.join() === other.join())
    return { shape: a.shape.with(0, 1), data: one, repeats: true }
  throw refuse('a constant depends on the number of samples')
}

/** The numbers of the first sample, where all have the same; null where they differ. */
function firstSample({ shape, known }: Value): number[] | null {
  const size = sizeOf(shape.slice(1))
  const data = Array.from(known!)
  return data.every((each, index) => Object.is(each, data[index % size])) ? data.slice(0, size) : null
}
