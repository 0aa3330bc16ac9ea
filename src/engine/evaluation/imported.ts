import { importedSeries, type ImportedResult } from '../../shared/runs/imported.ts'
import type { ComparedSummary, SplitSummary } from './evaluation-summary.ts'

/**
 * A result of another program as comparisons read it: its curve, on the samples that it was measured on, for both splits, so that
 * every protocol chooses thresholds there; without a curve its exits, as the static rule has them. Costs that are known only as
 * fractions are of a backbone of cost 1.
 */
export function summariseImport({
  id,
  name,
  experiment,
  regime,
  seed,
  format,
  content,
}: ImportedResult): ComparedSummary {
  const { task, split, rule, backboneMacs, exits, curve } = content
  const points = curve ?? exits.map((exit, index) => ({ ...exit, threshold: index }))
  const measured: SplitSummary = {
    // Not known.
    sampleCount: 0,
    curve: {
      thresholds: Float64Array.from(points, ({ threshold }, index) => threshold ?? index),
      values: Float64Array.from(points, ({ value }) => value),
      costs: Float64Array.from(points, ({ cost }) => cost),
    },
    exitValues: exits.map(({ value }) => value),
    overthinking: null,
  }
  return {
    id,
    experiment: experiment ?? name,
    regime,
    series: importedSeries({ name, content }),
    seed,
    ...(task && { task }),
    imported: { format, reading: curve ? 'curve' : 'exits', split, sharesOnly: backboneMacs === null },
    exitCosts: exits.map(({ cost }) => cost),
    // The blocks of another program's network are not known.
    exitBlocks: exits.map((_, index) => (index === exits.length - 1 ? null : undefined)),
    backboneCost: backboneMacs ?? 1,
    rule: curve ? (rule ?? '') : 'static',
    validation: measured,
    test: measured,
  }
}
