import type { AnalysisKind } from '../../../analyses/index.ts'
import { analysisSchemas } from '../../../analyses/index.ts'
import type { TableView } from '../budget-grid.ts'
import type { Answer } from './answer.ts'
import { barrierTable } from './barrier-table.ts'
import { dominanceTable } from './dominance-table.ts'
import { informationTable } from './information-table.ts'
import { landscapeTable } from './landscape-table.ts'
import { rankTable } from './rank-table.ts'

type Lines<Kind extends AnalysisKind> = (answers: readonly Answer<Kind>[], view: TableView) => string[]

const tables: { [Kind in AnalysisKind]: Lines<Kind> } = {
  'gradient-dominance': dominanceTable,
  'mode-connectivity': barrierTable,
  'loss-landscape': landscapeTable,
  'numerical-rank': rankTable,
  'mutual-information': informationTable,
}

/** Analyses of one kind as lines for a terminal: title, table, and what to keep in mind when reading it. */
export function analysisLines(kind: AnalysisKind, answers: readonly Answer[], view: TableView): string[] {
  const { style } = view
  const caveats = [...new Set(answers.flatMap(({ result }) => result.caveats))]
  const unfinished = answers.filter(({ whole }) => !whole).length
  return [
    style.strong(analysisSchemas[kind].info.title),
    ...(tables[kind] as Lines<AnalysisKind>)(answers, view),
    '',
    ...(unfinished === 0 ? [] : [style.warn('Not done yet: this is what there is so far.')]),
    ...caveats.map((caveat) => style.faint(caveat)),
  ]
}

/** Analyses of one kind as JSON. */
export function analysisJson(kind: AnalysisKind, answers: readonly Answer[]) {
  return {
    kind,
    parameters: answers[0]?.analysis.parameters ?? {},
    analyses: answers.map(({ analysis: { id, runs, status }, result }) => ({ id, runs, status, result })),
  }
}
