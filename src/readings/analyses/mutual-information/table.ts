import type { AnalysisTables } from '../analysis.ts'
import { representationTable } from '../block-table.ts'
import { informationSubject } from './figure.ts'
import { informationLines } from './figure/information-lines.ts'
import type { MutualInformationParameters, MutualInformationResult } from './schema.ts'

export const tables: AnalysisTables<MutualInformationParameters, MutualInformationResult> = {
  representations(found) {
    const { regimes, surroundings, reading } = informationSubject(found)
    const quantity = (target: 'input' | 'label', name: string) => ({
      name,
      reading,
      data: informationLines(regimes, { target, ...surroundings }),
    })
    const table = representationTable(found.subjects, [
      quantity('input', 'I(X;Z) (nats)'),
      ...(found.parameters.label ? [quantity('label', 'I(Z;Y) (nats)')] : []),
    ])
    return { ...table, notes: [limitsOf(found.answers.map(({ result }) => result))] }
  },
}

/** The most that the estimates could be, and how exact they are. */
function limitsOf(results: readonly MutualInformationResult[]): string {
  const { inputCeiling, labelCeiling } = results[0]!
  const errors = results.flatMap(({ blocks }) =>
    blocks.flatMap(({ inputError, labelError }) => [inputError, labelError ?? 0]),
  )
  const label = labelCeiling === null ? '' : `, I(Z;Y) at most ${labelCeiling.toFixed(2)}`
  return `I(X;Z) is at most ${inputCeiling.toFixed(2)} nats${label}; the standard errors are at most ${Math.max(0, ...errors).toFixed(2)}.`
}
