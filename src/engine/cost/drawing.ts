import type { DrawnNode, LedgerEntry, NetworkDrawing } from '../../shared/network/network-drawing.ts'
import type { NetworkSpec } from '../../shared/network/network.ts'
import type { ParameterSpec } from '../layers/layer.ts'
import { elements } from '../layers/parameter.ts'
import { familyOf } from '../networks/families.ts'
import { createNetwork, headTitle, type Network } from '../networks/index.ts'
import { costs, ledger, moduleOf } from './ledger.ts'
import { total } from '../layers/operations.ts'

/** Nodes of a network with the cost of each (method 6.1, 6.2); for sites without an exit, the cost of an exit there. */
export function drawNetwork(spec: NetworkSpec): NetworkDrawing {
  const network = createNetwork(spec)
  const { title, input, nodes, edges } = familyOf(spec).draw(spec)
  const { backbone, exits } = costs(network)
  const atBlock = blockMacs(network)
  const exitAt = new Map(network.exits.map(({ exit, block }) => [block, exit]))
  const priced = (exit: number | null, macs: number | null) => ({ exit, macs, fraction: macs && macs / backbone })
  return {
    title,
    head: headTitle(spec),
    input,
    edges,
    nodes: nodes.map((node): DrawnNode => {
      if (node.kind === 'classifier') return { ...node, ...priced(exits.length - 1, exits.at(-1)!) }
      if (node.block === null) return { ...node, ...priced(null, null) }
      return { ...node, ...priced(exitAt.get(node.block) ?? null, atBlock[node.block]!) }
    }),
    ledger: entriesOf(network),
    backboneMacs: backbone,
    parameters: trained(network).reduce((sum, { shape }) => sum + elements(shape), 0),
  }
}

/** Cost of an exit behind each block, the heads before it included; null where none can sit. */
function blockMacs({ operations, sites }: Network): (number | null)[] {
  let [passed, macs] = [0, 0]
  return sites.map((site) => {
    macs += total(operations.backbone.slice(passed, site.operations))
    passed = site.operations
    const heads = site.heads()
    return heads && macs + total(heads)
  })
}

function entriesOf(network: Network): LedgerEntry[] {
  const rows = ledger(network)
  const owned = parametersByModule(network, new Set(rows.map(({ module }) => module)))
  return rows.map(({ module, kind, macs, exit }) => {
    // Parameters of a module are counted at its first operation.
    const parameters = owned.get(module) ?? null
    owned.delete(module)
    return { module, operation: kind, macs, parameters, exit }
  })
}

/** Number of trained parameters of each module. */
function parametersByModule(network: Network, modules: ReadonlySet<string>): Map<string, number> {
  const owned = new Map<string, number>()
  for (const parameter of trained(network)) {
    const module = moduleOf(parameter.name, modules)
    owned.set(module, (owned.get(module) ?? 0) + elements(parameter.shape))
  }
  return owned
}

function trained({ parameters }: Network): ParameterSpec[] {
  return parameters.filter(({ kind }) => kind === 'parameter')
}
