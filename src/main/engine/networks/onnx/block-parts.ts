import type { NetworkReport } from '../../../../shared/network-file.ts'
import { shapeFor, type Graph, type GraphNode } from './graph.ts'

type Part = NetworkReport['sites'][number]['parts'][number]

/** The modules of a block in the order they run; nodes of one module in a row are one part. */
export function partsOfBlock({ modules, shapes }: Graph, nodes: readonly GraphNode[]): Part[] {
  const parts: Part[] = []
  for (const { module: number, operator, outputs } of nodes) {
    const module = modules[number]!
    const shape = shapeFor(shapes[outputs[0]!]!, 1).slice(1)
    const last = parts.at(-1)
    if (last?.module !== module) parts.push({ module, operators: [operator], shape })
    else Object.assign(last, { operators: [...last.operators, operator], shape })
  }
  return parts
}
