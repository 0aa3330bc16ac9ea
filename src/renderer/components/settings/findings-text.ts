import type { Finding } from '../../../shared/contract/system.ts'
import { plural } from '../../format/numbers.ts'

const marks = { ok: '✓', warning: '!', error: '✗' } as const satisfies Record<Finding['status'], string>

/** The findings as `exitlab doctor` prints them, for a message to somebody else. */
export function findingsText(findings: readonly Finding[]): string {
  const width = Math.max(0, ...findings.map(({ check }) => check.length))
  const lines = findings.flatMap(({ check, status, detail, remedy }) => [
    `${marks[status]} ${check.padEnd(width)}  ${detail}`,
    ...(remedy === null ? [] : [`  ${' '.repeat(width)}  → ${remedy}`]),
  ])
  return `${lines.join('\n')}\n`
}

/** `8 checks, all fine`, or how many are not. */
export function findingsSummary(findings: readonly Finding[]): string {
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length
  const [wrong, warnings] = [count('error'), count('warning')]
  const all = plural(findings.length, 'check')
  if (wrong + warnings === 0) return `${all}, all fine`
  const parts = [...(wrong > 0 ? [`${wrong} wrong`] : []), ...(warnings > 0 ? [plural(warnings, 'warning')] : [])]
  return `${all}: ${parts.join(', ')}`
}
