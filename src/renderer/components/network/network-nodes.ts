import type { DrawnNode, NetworkDrawing } from '../../../shared/network/network-drawing.ts'

/** A node of the network with the exit that sits behind it, if one does. */
export interface NetworkNode extends Omit<DrawnNode, 'exit'> {
  exit: number | null
  /** `exit 3`, `final`; empty where there is none. */
  exitName: string
  /** Whether an exit may be put behind it or taken away. */
  placeable: boolean
  /** Everything about it in a sentence. */
  sentence: string
}

/** The nodes of a network with exits behind the blocks in `exits` (by index; the classifier always has one); `cost` writes multiply-adds. */
export function networkNodes(
  { nodes, head }: Pick<NetworkDrawing, 'nodes' | 'head'>,
  exits: readonly number[],
  cost: (macs: number) => string,
): NetworkNode[] {
  const ascending = [...new Set(exits)].sort((a, b) => a - b)
  return nodes.map((node) => {
    const place = node.block === null ? -1 : ascending.indexOf(node.block)
    const exit = node.kind === 'classifier' ? ascending.length : place === -1 ? null : place
    return {
      ...node,
      exit,
      exitName: exit === null ? '' : node.kind === 'classifier' ? 'final' : `exit ${exit}`,
      placeable: node.block !== null && node.macs !== null,
      sentence: sentenceOf(node, exit, { head, cost }),
    }
  })
}

/** The blocks that have an exit in the network as it was drawn. */
export function drawnExits({ nodes }: Pick<NetworkDrawing, 'nodes'>): number[] {
  return nodes.flatMap(({ block, exit }) => (block === null || exit === null ? [] : [block]))
}

/** Blocks with an exit after one was put behind a block, or taken away from there. */
export function toggledExit(exits: readonly number[], block: number): number[] {
  const others = exits.filter((each) => each !== block)
  return others.length < exits.length ? others : [...others, block].sort((a, b) => a - b)
}

function sentenceOf(
  { kind, label, detail, macs, fraction }: DrawnNode,
  exit: number | null,
  { head, cost }: { head: string; cost: (macs: number) => string },
): string {
  const name = label.charAt(0).toUpperCase() + label.slice(1) + (detail === '' ? '' : ` (${detail})`)
  if (macs === null || fraction === null) return `${name}.`
  const price = `${cost(macs)}, ${percentOfBackbone(fraction)} of the backbone`
  if (kind === 'classifier') return `${name}, the final exit: ${price}, all heads included.`
  if (exit === null) return `${name}: an exit here would cost ${price}.`
  return `${name}, exit ${exit} with a ${head} head: ${price}, earlier heads included.`
}

export function percentOfBackbone(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`
}
