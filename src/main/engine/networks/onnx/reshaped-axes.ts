import type { AxisJoins } from './axis-joins.ts'
import type { NodeView } from './node-view.ts'
import type { Shape } from './shapes.ts'

/** Axes [from, to) of one shape that hold the same entries as those of the other. */
interface Run {
  from: readonly [number, number]
  to: readonly [number, number]
}

/** Axes that keep their length have the same units; one that is split, or merged of several, is the product of those. */
export function joinReshaped({ inputs: [x], outputs: [output], shape }: NodeView, joins: AxisJoins): void {
  const [before, after] = [shape(x!), shape(output!)]
  for (const { from, to } of runsOf(before, after)) {
    const own = wide(before, from).map((axis) => [x!, axis] as const)
    const others = wide(after, to).map((axis) => [output!, axis] as const)
    if (own.length === 0) continue
    if (own.length === 1) joins.combine(...own[0]!, others)
    else if (others.length === 1) joins.combine(...others[0]!, own)
    else for (const [value, axis] of [...own, ...others]) joins.pin(value, axis)
  }
}

const wide = (shape: Shape, [from, to]: readonly [number, number]) =>
  shape.flatMap((size, axis) => (axis >= from && axis < to && size !== 1 ? [axis] : []))

/** The shortest runs of axes of both shapes with equal products, from the left. */
function runsOf(before: Shape, after: Shape): Run[] {
  const runs: Run[] = []
  for (let [i, j] = [0, 0]; i < before.length || j < after.length;) {
    const start = [i, j] as const
    let [left, right] = [before[i++] ?? 1, after[j++] ?? 1]
    while (left !== right && (i < before.length || j < after.length)) {
      if (left < right) left *= before[i++] ?? 1
      else right *= after[j++] ?? 1
    }
    runs.push({ from: [start[0], i], to: [start[1], j] })
  }
  return runs
}
