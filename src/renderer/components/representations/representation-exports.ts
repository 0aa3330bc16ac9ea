import type { RankMeasure } from '../../../analyses/numerical-rank/figure/rank-lines.ts'

interface Exported {
  /** Ids of those that are done. */
  analyses: readonly string[]
  /** Its id; null: exports are said to be of the experiments of the runs. */
  experiment: string | null
}

/** The figures of representations as they are shown; undefined while no analysis is done. */
export function rankExport(exported: Exported, measure: RankMeasure) {
  return ofDone(exported, { name: 'rank' as const, measure })
}

export function informationExport(exported: Exported, target: 'input' | 'label') {
  return ofDone(exported, { name: 'information' as const, target })
}

export function spectrumExport(exported: Exported, block: number) {
  return ofDone(exported, { name: 'spectrum' as const, block })
}

function ofDone<Figure extends object>({ analyses, experiment }: Exported, figure: Figure) {
  return analyses.length === 0 ? undefined : { ...figure, analyses: [...analyses], ...(experiment && { experiment }) }
}
