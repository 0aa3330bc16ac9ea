import { ExitlabError } from '../../shared/basics/error.ts'
import { buildNumpy, numpyCallables, numpyOf } from '../../files/pickle/numpy.ts'
import type { PickleKind } from '../../files/pickle/pickle.ts'

/** Pickles as CIFAR is distributed in: dicts, lists, strings, numbers and NumPy's arrays. Anything else is refused (`data`). */
export function numpyPickle(file: string): PickleKind {
  const refusal = (what: string) =>
    new ExitlabError(
      'data',
      `data.path: ${file} is not a pickle as CIFAR is distributed: ${what}. Replace it with the original file.`,
    )
  return {
    refusal,
    callables: numpyCallables,
    call: (callable, values) => numpyOf(callable, values, refusal),
    build(item, state) {
      if (!buildNumpy(item, state, refusal)) throw refusal('an object that is not a NumPy array')
    },
  }
}
