import { isAlias, isMap, isScalar, isSeq } from 'yaml'
import type { Document, Node, Pair, YAMLMap } from 'yaml'

/** Offsets [start, end] of the value at `path`, or of its key; where the path leads nowhere, of the nearest key that encloses it. */
export function findRange(
  document: Document.Parsed,
  path: readonly PropertyKey[],
  part: 'key' | 'value',
): [number, number] {
  let node: Node | null = document.contents
  let range: [number, number] = rangeOf(node) ?? [0, 1]
  // The range of the top level is the whole file; its first character is used instead.
  if (isMap(node)) range = [range[0], range[0] + 1]
  for (const [index, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document) ?? null
    const pair: Pair | undefined = isMap(node) ? pairOf(node, String(step)) : undefined
    const child: Node | null =
      pair !== undefined
        ? (pair.value as Node | null)
        : isSeq(node)
          ? ((node.items[Number(step)] as Node) ?? null)
          : null
    if (pair === undefined && child === null) return range
    const keyRange = rangeOf(pair?.key as Node | null | undefined)
    const last = index === path.length - 1
    const wanted =
      last && part === 'value' && isScalar(child) ? (rangeOf(child) ?? keyRange) : (keyRange ?? rangeOf(child))
    // An empty value has no characters of its own.
    if (wanted !== undefined) range = wanted[0] === wanted[1] && keyRange !== undefined ? keyRange : wanted
    node = child
  }
  return range
}

/** The last pair of that name, which is the one that counts. */
function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === name)
}

export function rangeOf(node: Node | null | undefined): [number, number] | undefined {
  return node?.range ? [node.range[0], node.range[1]] : undefined
}
