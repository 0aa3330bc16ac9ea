import type { Axis, ParameterSpec } from '../layers/layer.ts'

/** Hidden units that can only be permuted together, and all axes on which they occur. */
export interface UnitGroup {
  name: string
  size: number
  axes: readonly UnitAxis[]
}

export interface UnitAxis {
  parameter: ParameterSpec
  axis: Axis
}

/** Number of units of the group on an axis. */
export function unitCount(shape: readonly number[], { axis, repeat = 1, tile = 1, count }: Axis): number {
  return count ?? shape[axis]! / (repeat * tile)
}

/** The groups of a network's hidden units, in the order in which its arrays name them. */
export function unitGroups(parameters: readonly ParameterSpec[]): UnitGroup[] {
  const groups = new Map<string, { size: number; axes: UnitAxis[] }>()
  for (const parameter of parameters) {
    for (const axis of parameter.axes) {
      const size = unitCount(parameter.shape, axis)
      const group = groups.get(axis.group) ?? { size, axes: [] }
      group.axes.push({ parameter, axis })
      groups.set(axis.group, group)
    }
  }
  return Array.from(groups, ([name, group]) => ({ name, ...group }))
}
