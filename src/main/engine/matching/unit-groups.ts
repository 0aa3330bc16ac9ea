import type { Axis, ParameterSpec } from '../layers/layer.ts'

/** Hidden units that can only be permuted together, and every axis that they lie on. */
export interface UnitGroup {
  name: string
  size: number
  places: readonly UnitPlace[]
}

export interface UnitPlace {
  parameter: ParameterSpec
  axis: Axis
}

/** The groups of a network's hidden units, in the order in which its arrays name them. */
export function unitGroups(parameters: readonly ParameterSpec[]): UnitGroup[] {
  const groups = new Map<string, { size: number; places: UnitPlace[] }>()
  for (const parameter of parameters) {
    for (const axis of parameter.axes) {
      const { repeat = 1, tile = 1 } = axis
      const size = parameter.shape[axis.axis]! / (repeat * tile)
      const group = groups.get(axis.group) ?? { size, places: [] }
      group.places.push({ parameter, axis })
      groups.set(axis.group, group)
    }
  }
  return Array.from(groups, ([name, group]) => ({ name, ...group }))
}
