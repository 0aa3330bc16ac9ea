import { computed, type Ref, type WritableComputedRef } from 'vue'
import type { AnalysisTypes } from '../../../shared/analysis.ts'
import type { AnalysisChoice } from '../../../contract/analyses.ts'

/** Parameters of an analysis, null before they are known, and those that differ from their defaults. */
interface ChosenParameters<Kind extends AnalysisTypes> {
  kind: string
  parameters: Readonly<Ref<Kind['parameters'] | null>>
  changed: Ref<Partial<Kind['parameters']>>
}

/** One parameter of an analysis as a control reads and sets it. `fallback`: shown until the parameters are known. */
export function parameterModel<Kind extends AnalysisTypes, Key extends keyof Kind['parameters'] & string>(
  { kind, parameters, changed }: ChosenParameters<Kind>,
  { key, fallback }: { key: Key; fallback: Kind['parameters'][Key] },
  kinds: () => readonly AnalysisChoice[] | null,
): WritableComputedRef<Kind['parameters'][Key]> {
  return computed({
    get: () => parameters.value?.[key] ?? fallback,
    set: (value) => {
      const choice = kinds()?.find((each) => each.kind === kind) ?? null
      changed.value = withParameter<Kind, Key>(changed.value, { key, value }, choice)
    },
  })
}

/** The parameters that differ from their defaults, with one of them set; one set to its default is removed. */
export function withParameter<Kind extends AnalysisTypes, Key extends keyof Kind['parameters'] & string>(
  changed: Partial<Kind['parameters']>,
  setting: { key: Key; value: Kind['parameters'][Key] },
  choice: Pick<AnalysisChoice, 'parameters'> | null,
): Partial<Kind['parameters']> {
  const { key, value } = setting
  const properties = choice?.parameters['properties'] as Record<string, { default?: unknown }> | undefined
  const others = Object.entries(changed).filter(([each]) => each !== key)
  const own = value === properties?.[key]?.default ? [] : [[key, value]]
  return Object.fromEntries([...others, ...own]) as Partial<Kind['parameters']>
}
