import type { PaperTable } from '../../../../shared/paper/paper-report.ts'

/**
 * Tables in groups whose runs have nothing in common: those of one published setting, or that read the same experiment, are in one.
 * Runs of two groups are independent, also where they have the same seeds.
 */
export function independentTables(tables: readonly PaperTable[]): PaperTable[][] {
  return tables.reduce<PaperTable[][]>((groups, table) => {
    const isOfSame = (group: readonly PaperTable[]) => group.some((other) => haveCommonRuns(other, table))
    return [...groups.filter((group) => !isOfSame(group)), [...groups.filter(isOfSame).flat(), table]]
  }, [])
}

function haveCommonRuns(a: PaperTable, b: PaperTable): boolean {
  return a.publishedSetting === b.publishedSetting || a.experiments.some((each) => b.experiments.includes(each))
}
