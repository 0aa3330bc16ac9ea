import { expect, it } from 'vitest'
import { exportTitle } from '../../../../src/renderer/components/domain/export-items.ts'

it.each([
  ['Exit curves', 'CSV, long', 'Export: exit curves as CSV, long'],
  ['cost ledger', 'Copy as LaTeX', 'Export: cost ledger, copy as LaTeX'],
  ['cost ledger', 'Size and text…', 'Export: cost ledger, size and text…'],
])('%s by %s is found as “%s”', (what, label, title) => expect(exportTitle(what, label)).toBe(title))
