import type { AnalysisTypes } from '../../../shared/analysis.ts'
import { computed, type WritableComputedRef } from 'vue'
import { useAddress } from '../use-address.ts'

/** Parameters of an analysis that differ from their defaults, kept in the address: `?set.points=51`. Two kinds on one screen need a prefix each. */
export function useChangedParameters<Kind extends AnalysisTypes>(
  prefix = 'set.',
): WritableComputedRef<Partial<Kind['parameters']>> {
  const address = useAddress()
  return computed({
    get: () => {
      const texts = Object.entries(address.texts(prefix))
      return Object.fromEntries(texts.map(([key, text]) => [key, valueOf(text)])) as Partial<Kind['parameters']>
    },
    set: (next) => {
      const before = Object.keys(address.texts(prefix)).map((key) => [prefix + key, null])
      const after = Object.entries(next).map(([key, value]) => [prefix + key, String(value)])
      address.change(Object.fromEntries([...before, ...after]))
    },
  })
}

const words = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
])

/** Texts that look like numbers are numbers; so are `true`, `false` and `null` their values. */
function valueOf(text: string): unknown {
  if (words.has(text)) return words.get(text)
  const number = Number(text)
  return Number.isNaN(number) ? text : number
}
