import type { Comparison, Protocol, SeedReading } from '../../../shared/evaluation.ts'
import type { CostAxisName } from '../../../shared/cost-axis.ts'
import type { CostCurveData } from '../../../shared/cost-curve-data.ts'
import type { CostKind } from '../../../shared/latency.ts'
import type { PublishedTables } from '../../../shared/published.ts'
import { useRequest } from '../use-request.ts'
import type { HostRequest } from '../use-request.ts'
import { useHost } from '../../api/host.ts'
import { askReading } from '../../../readings/ask.ts'
import type { AnswerOf } from '../../../readings/index.ts'
import { useImportsStore } from '../../stores/imports.ts'

/** Which runs are compared, and how they are read. */
export interface ComparisonQuery {
  runs: string[]
  protocol: Protocol
  rule: string
  reading: SeedReading
  budgets: (number | null)[]
  cost: CostKind
}

export interface ComparisonAnswers {
  table: HostRequest<Comparison>
  curves: HostRequest<CostCurveData>
  differences: HostRequest<AnswerOf<'differences'>>
  exits: HostRequest<AnswerOf<'exits'>>
  published: HostRequest<PublishedTables>
}

/** Additional options of curves. */
export interface CurveView {
  axis: CostAxisName
  eachSeed: boolean
}

/** The host's results of a comparison. Requested again when one of its runs is done. */
export function useComparison(query: () => ComparisonQuery | null, view: () => CurveView): ComparisonAnswers {
  const { client } = useHost()
  const answerTo = <T>(ask: (query: ComparisonQuery, options: { signal: AbortSignal }) => Promise<T>) =>
    useRequest((signal) => {
      const asked = query()
      return asked && ask(asked, { signal })
    })
  const imports = useImportsStore()
  /** Of runs alone: imported results have no samples. */
  const answerOfRuns = <T>(ask: (query: ComparisonQuery, options: { signal: AbortSignal }) => Promise<T>) =>
    useRequest((signal) => {
      const asked = query()
      const runs = asked?.runs.filter((id) => !imports.has(id)) ?? []
      return asked && runs.length > 0 ? ask({ ...asked, runs }, { signal }) : null
    })
  const { compare, curves, published } = client.evaluations
  return {
    table: answerTo(compare),
    curves: answerTo((asked, options) => curves({ ...asked, ...view() }, options)),
    differences: answerOfRuns((question, options) => askReading(client, { reading: 'differences', question }, options)),
    exits: answerTo((question, options) => askReading(client, { reading: 'exits', question }, options)),
    published: answerOfRuns(({ runs, rule }, options) => published({ runs, rule }, options)),
  }
}
