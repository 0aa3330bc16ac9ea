/** Phases level by level of their graph: each after the one that it starts from, if that is among them. */
export function parentsFirst<Phase extends { id: string; parent: string | null }>(phases: readonly Phase[]): Phase[] {
  const known = new Map(phases.map((phase) => [phase.id, phase]))
  const depths = new Map<string, number>()
  const depthOf = ({ id, parent }: { id: string; parent: string | null }): number => {
    const above = parent === null ? undefined : known.get(parent)
    const depth = depths.get(id) ?? (above === undefined ? 0 : depthOf(above) + 1)
    depths.set(id, depth)
    return depth
  }
  return phases.toSorted((a, b) => depthOf(a) - depthOf(b))
}
