import type { AnalysisTypes } from '../../../shared/evaluation/analysis.ts'
import { computed, type Ref, type WritableComputedRef } from 'vue'
import { useAnalysisKinds } from './use-analysis-kinds.ts'
import { useAddress } from '../use-address.ts'

/** Parameters of an analysis that differ from their defaults, kept in the address: `?set.points=51`. Two kinds on one screen need a prefix each. */
export function useChangedParameters<Kind extends AnalysisTypes>(
  kind: string,
  prefix = 'set.',
): WritableComputedRef<Partial<Kind['parameters']>> {
  const address = useAddress()
  const kinds = useAnalysisKinds()
  const isDefault = (key: string, value: unknown) => {
    const properties = kinds.named(kind)?.parameters['properties'] as Record<string, { default?: unknown }> | undefined
    return value === properties?.[key]?.default
  }
  return computed({
    get: () => {
      const texts = Object.entries(address.texts(prefix))
      return Object.fromEntries(texts.map(([key, text]) => [key, valueOf(text)])) as Partial<Kind['parameters']>
    },
    set: (next) => {
      const before = Object.keys(address.texts(prefix)).map((key) => [prefix + key, null])
      const after = Object.entries(next).flatMap(([key, value]) =>
        isDefault(key, value) ? [] : [[prefix + key, String(value)]],
      )
      address.change(Object.fromEntries([...before, ...after]))
    },
  })
}

/** One parameter of an analysis as a control reads and sets it. `fallback`: shown until the parameters are known. */
export function parameterModel<Parameters extends object, Key extends keyof Parameters>(
  { parameters, changed }: { parameters: Readonly<Ref<Parameters | null>>; changed: Ref<Partial<Parameters>> },
  key: Key,
  fallback: Parameters[Key],
): WritableComputedRef<Parameters[Key]> {
  return computed({
    get: () => parameters.value?.[key] ?? fallback,
    set: (value) => (changed.value = { ...changed.value, [key]: value }),
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
