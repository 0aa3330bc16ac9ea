import type { PhaseLineage } from '../../../../shared/phases/phase-lineage.ts'
import type { PhaseStatus } from '../../../../shared/runs/runs.ts'
import { detailOf, shortDetailOf } from './phase-words.ts'

type Phase = PhaseLineage['phases'][number]
type Run = Phase['runs'][number]

/** Box of a phase, in pixels. */
export interface LineageBox {
  phase: string
  x: number
  y: number
  /** `Phase 1 · backbone`. */
  title: string
  /** `done, 8 epochs`; where boxes are narrow `8 epochs`. */
  detail: string
  status: PhaseStatus
  /** Position in the run's own chain; null for a phase that only other runs have. */
  position: number | null
  runs: readonly Run[]
}

export interface LineageEdge {
  from: readonly [number, number]
  to: readonly [number, number]
  /** Whether the run's own chain goes along it. */
  own: boolean
}

/** The runs that a chain of phases makes, at its end. */
export interface LineageEnd {
  run: string
  name: string
  regime: string
  /** Where the line to it begins, at the box of its last phase, and where it stands. */
  from: readonly [number, number]
  x: number
  y: number
  own: boolean
}

interface LineageDrawing {
  width: number
  height: number
  seed: number
  boxWidth: number
  boxHeight: number
  start: { x: number; y: number }
  boxes: LineageBox[]
  edges: LineageEdge[]
  ends: LineageEnd[]
  /** Whether the names of regimes stand beside their marks; without them more chains fit their place. */
  named: boolean
  /** What is said about the last phase that the run shares: below its box where there is room, else null. */
  shared: { x: number; y: number; runs: number } | null
}

export const startWidth = 62
const boxWidths = { narrowest: 100, widest: 192 }
/** Distances where names of regimes give way, so that everything is in sight. */
const tight = { gap: 13, end: 34 }
/** Boxes that are narrower have room for the number of their phase only. */
const roomForWord = 150
/** Below this width, and with more columns than three, everything moves together. */
const narrow = 520
const noteHeight = 32

/**
 * Places the phases of a run, and of the runs that share one with it, from left to right in the order they are trained:
 * a column for each step of a chain, a row for each end, a phase in the middle of what follows it. Fills `width` pixels as
 * far as its boxes stay readable; is wider where they would not.
 */
export function lineageDrawing({ phases }: Pick<PhaseLineage, 'phases'>, run: string, width: number): LineageDrawing {
  const tree = growTree(phases)
  const columns = Math.max(...tree.nodes.map(({ column }) => column)) + 1
  const { narrowest, widest } = boxWidths
  const names = 40 + 6.4 * Math.max(...phases.flatMap(({ runs }) => runs.map(({ regime }) => regime.length)))
  const wide = { gap: width < narrow || columns > 3 ? 22 : 34, end: names }
  const roomIn = ({ gap, end }: typeof wide) => (width - startWidth - end - gap * (columns + 1)) / columns
  // Names are left out only where everything fits without them.
  const named = roomIn(wide) >= narrowest || roomIn(tight) < narrowest
  const { gap, end: endWidth } = named ? wide : tight
  const boxWidth = Math.max(narrowest, Math.min(widest, Math.floor(roomIn({ gap, end: endWidth }))))
  const short = boxWidth < roomForWord
  const boxHeight = tree.rows > 2 ? 32 : 38
  const rowHeight = tree.rows > 2 ? boxHeight + 8 : boxHeight + 32
  const xOf = (column: number) => startWidth + gap + column * (boxWidth + gap)
  const yOf = (row: number) => row * rowHeight + boxHeight / 2
  const boxes = tree.nodes.map((node): LineageBox => ({
    phase: node.phase.id,
    x: xOf(node.column),
    y: yOf(node.row) - boxHeight / 2,
    title: `${short ? '' : 'Phase '}${node.column + 1} · ${node.phase.name}`,
    detail: short ? shortDetailOf(node.phase) : detailOf(node.phase),
    status: node.phase.status,
    position: has(node.phase, run) ? node.column : null,
    runs: node.phase.runs,
  }))
  const height = (tree.rows - 1) * rowHeight + boxHeight
  const roots = tree.nodes.filter(({ parent }) => parent === null)
  const start = { x: 0, y: roots.reduce((sum, { row }) => sum + yOf(row), 0) / roots.length }
  return {
    width: xOf(columns) + endWidth,
    height,
    boxWidth,
    boxHeight,
    start,
    boxes,
    named,
    seed: phases[0]!.runs[0]!.seed,
    edges: tree.nodes.map((node) => ({
      from: node.parent === null ? [startWidth, start.y] : [xOf(node.parent.column) + boxWidth, yOf(node.parent.row)],
      to: [xOf(node.column), yOf(node.row)],
      own: has(node.phase, run),
    })),
    ends: endsOf(tree, run).map(({ node, ...end }) => ({
      ...end,
      from: [xOf(node.column) + boxWidth, yOf(node.row)],
      x: xOf(node.column) + boxWidth + gap,
      y: yOf(end.row),
    })),
    shared: sharedNote(boxes, { boxWidth, boxHeight, height: Math.max(height, boxHeight + 2 * noteHeight) }),
  }
}

interface Node {
  phase: Phase
  parent: Node | null
  column: number
  row: number
  /** Row of the first run that ends with it. */
  endRow: number
}

interface Tree {
  nodes: Node[]
  rows: number
}

function growTree(phases: readonly Phase[]): Tree {
  const nodes = new Map<string, Node>()
  for (const phase of phases) {
    const parent = phase.parent === null ? null : nodes.get(phase.parent)!
    nodes.set(phase.id, { phase, parent, column: parent === null ? 0 : parent.column + 1, row: 0, endRow: 0 })
  }
  const all = [...nodes.values()]
  return { nodes: all, rows: setRows(all) }
}

/** A phase takes a row for each run that ends with it, and then those of the phases that follow. @returns how many rows there are. */
function setRows(nodes: readonly Node[]): number {
  let rows = 0
  const place = (node: Node): number => {
    const first = rows
    const children = nodes.filter(({ parent }) => parent === node)
    const followed = children.map(place)
    node.endRow = rows
    rows += endingRuns(node, children).length
    node.row = followed.length === 0 ? (first + rows - 1) / 2 : (followed[0]! + followed.at(-1)!) / 2
    return node.row
  }
  for (const node of nodes) if (node.parent === null) place(node)
  return rows
}

function endingRuns({ phase }: Node, children: readonly Node[]): Run[] {
  return phase.runs.filter(({ id }) => !children.some((child) => has(child.phase, id)))
}

function endsOf({ nodes }: Tree, run: string) {
  return nodes.flatMap((node) => {
    const children = nodes.filter(({ parent }) => parent === node)
    return endingRuns(node, children).map(({ id, name, regime }, index) => ({
      node,
      run: id,
      name,
      regime,
      row: node.endRow + index,
      own: id === run,
    }))
  })
}

function has(phase: Phase, run: string): boolean {
  return phase.runs.some(({ id }) => id === run)
}

function sharedNote(
  boxes: readonly LineageBox[],
  { boxWidth, boxHeight, height }: { boxWidth: number; boxHeight: number; height: number },
): LineageDrawing['shared'] {
  const last = boxes.filter(({ position, runs }) => position !== null && runs.length > 1).at(-1)
  if (!last) return null
  const below = last.y + boxHeight
  const free = boxes.every((box) => box.x !== last.x || box.y <= last.y || box.y >= below + noteHeight)
  const fits = free && below + noteHeight <= height
  return fits ? { x: last.x + boxWidth / 2, y: below, runs: last.runs.length } : null
}
