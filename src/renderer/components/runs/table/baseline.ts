import type { RunSummary } from '../../../../shared/runs/runs.ts'
import { groupingOf, isGroupKey, type GroupKey } from './group-keys.ts'
import { summaryOf, type Summary, type SummaryOptions } from './summary.ts'

/** What others are measured against: one run, or the runs of a group. */
export type Baseline = { run: string } | { group: readonly { key: GroupKey; value: string }[] }

/** A stored baseline; null if it is invalid or gone. */
export function readBaseline(kept: unknown): Baseline | null {
  const { run, group } = (kept ?? {}) as { run?: unknown; group?: unknown }
  if (typeof run === 'string') return { run }
  return Array.isArray(group) && group.length > 0 && group.every(isPart) ? { group } : null
}

function isPart(part: unknown): part is { key: GroupKey; value: string } {
  const { key, value } = (part ?? {}) as Record<string, unknown>
  return isGroupKey(key) && typeof value === 'string'
}

export interface PinnedBaseline {
  baseline: Baseline
  title: string
  runs: readonly RunSummary[]
  summary: Summary
}

/** The runs of a baseline among all there are, listed or not; null once there is none any more. */
export function pinned(
  baseline: Baseline | null,
  runs: Iterable<RunSummary>,
  { over, context }: SummaryOptions,
): PinnedBaseline | null {
  if (baseline === null) return null
  const own = [...runs].filter((run) => belongsTo(baseline, run, context))
  const [first] = own
  if (first === undefined) return null
  return {
    baseline,
    title: titleOf(baseline, first),
    runs: own,
    summary: summaryOf(own, { over: 'run' in baseline ? 'all' : over, context }),
  }
}

export function belongsTo(baseline: Baseline, run: RunSummary, context: SummaryOptions['context']): boolean {
  if ('run' in baseline) return run.id === baseline.run
  return baseline.group.every(({ key, value }) => groupingOf(key).valuesOf(run, context).includes(value))
}

function titleOf(baseline: Baseline, run: RunSummary): string {
  if ('run' in baseline) return run.name
  return baseline.group.map(({ key, value }) => groupingOf(key).titleOf(value, run)).join(', ')
}
