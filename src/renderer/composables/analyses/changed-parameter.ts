import type { AnalysisTypes } from '../../../shared/analysis.ts'
import type { AnalysisChoice } from '../../../shared/contract/analyses.ts'

/** The parameters that are not as usual, with one of them set: it goes where that is as usual. */
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
