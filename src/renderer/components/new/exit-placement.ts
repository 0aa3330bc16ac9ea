/** Ways to say where exits sit without naming every block (method 2.4). */
export type PlacementName = 'all' | 'every-2' | 'every-3' | 'dense-sparse' | 'sparse-dense' | 'usual' | 'custom'

export const placements: readonly { value: PlacementName; label: string; written: unknown }[] = [
  { value: 'usual', label: 'Default', written: undefined },
  { value: 'all', label: 'All', written: 'all' },
  { value: 'every-2', label: 'Every 2', written: { every: 2 } },
  { value: 'every-3', label: 'Every 3', written: { every: 3 } },
  { value: 'dense-sparse', label: 'Dense–sparse', written: 'dense-sparse' },
  { value: 'sparse-dense', label: 'Sparse–dense', written: 'sparse-dense' },
]

/** Which of them a file has; `custom` where it lists the blocks, or anything else. */
export function placementOf(written: unknown): PlacementName {
  const text = JSON.stringify(written)
  return placements.find((each) => JSON.stringify(each.written) === text)?.value ?? 'custom'
}
