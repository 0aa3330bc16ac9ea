import { analyses } from '../../../readings/analyses/index.ts'
import type { AnalysisRow } from '../../store/analyses.ts'

/** An analysis in words: `Mode connectivity of toy-joint-s1 and toy-mixed-s1`. */
export function analysisTitle({ kind, subjects }: Pick<AnalysisRow, 'kind' | 'subjects'>): string {
  const title = analyses.has(kind) ? analyses.get(kind).info.title : kind
  return `${title} of ${subjects.map(({ run }) => run.name).join(' and ')}`
}
