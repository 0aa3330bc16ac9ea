import type { AnalysisKind, AnalysisParameters } from '../../../analyses/index.ts'
import type { AnalysisChoice } from '../../../shared/contract/analyses.ts'

/** The parameters that are not as usual, with one of them set: it goes where that is as usual. */
export function withParameter<Kind extends AnalysisKind, Key extends keyof AnalysisParameters<Kind> & string>(
  changed: Partial<AnalysisParameters<Kind>>,
  setting: { key: Key; value: AnalysisParameters<Kind>[Key] },
  choice: Pick<AnalysisChoice, 'parameters'> | null,
): Partial<AnalysisParameters<Kind>> {
  const { key, value } = setting
  const properties = choice?.parameters['properties'] as Record<string, { default?: unknown }> | undefined
  const others = Object.entries(changed).filter(([each]) => each !== key)
  const own = value === properties?.[key]?.default ? [] : [[key, value]]
  return Object.fromEntries([...others, ...own]) as Partial<AnalysisParameters<Kind>>
}
