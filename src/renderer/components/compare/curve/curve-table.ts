import { costAxes } from '../../../../figures/cost-axis.ts'
import type { CostCurveData } from '../../../../figures/cost-curve-data.ts'
import { count, fixed, percent } from '../../../../shared/format/numbers.ts'

/** What the accuracy–cost figure draws, as a table: the bare backbone, each exit alone, then the points of each curve. */
export function curveTable({ axis, series, backbones }: CostCurveData) {
  const { absolute } = costAxes[axis]
  const point = (
    what: string,
    name: string,
    { cost, mean, std }: { cost: number; mean: number; std: number | null },
  ) => [name, what, absolute ? count(cost) : percent(cost, 2), fixed(mean, 2), std === null ? null : fixed(std, 2)]
  const exitName = (exit: number, count: number) => (exit === count - 1 ? 'final exit alone' : `exit ${exit} alone`)
  return {
    columns: [
      { title: 'Regime' },
      { title: 'What' },
      { title: absolute ? 'Cost (multiply-adds)' : 'Cost (% of backbone)', numeric: true },
      { title: 'Test accuracy (%)', numeric: true },
      { title: '± std', numeric: true },
    ],
    rows: [
      ...backbones.map((each) => point('bare backbone', backbones.length === 1 ? '–' : each.experiment, each)),
      ...series.flatMap(({ name, exits }) => exits.map((each, e) => point(exitName(e, exits.length), name, each))),
      ...series.flatMap(({ name, curve }) => curve.map((each) => point('threshold curve', name, each))),
    ],
  }
}
