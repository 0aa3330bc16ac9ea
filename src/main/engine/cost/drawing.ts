import type { DrawnPart, LedgerEntry, NetworkDrawing } from '../../../shared/network-drawing.ts'
import type { NetworkSpec } from '../../../shared/network.ts'
import type { ParameterSpec } from '../layers/layer.ts'
import { createNetwork, sizesOf, type Network } from '../networks/index.ts'
import { costs, ledger, total } from './ledger.ts'

/** What a network looks like and what each of its parts costs (method 6.1, 6.2); places without an exit with what one there would cost. */
export function drawNetwork(spec: NetworkSpec): NetworkDrawing {
  const network = createNetwork(spec)
  const { title, head, input } = sizesOf(spec)
  return {
    ...{ title, head, input },
    parts: partsOf(network),
    ledger: entriesOf(network),
    backboneMacs: costs(network).backbone,
    parameters: trained(network).reduce((sum, each) => sum + numbersOf(each), 0),
  }
}

function partsOf(network: Network): DrawnPart[] {
  const { spec, exits } = network
  const { stem, blocks } = sizesOf(spec)
  const { backbone, exits: exitMacs } = costs(network)
  const exitAt = new Map(exits.map(({ exit, block }) => [block, exit]))
  const macsAt = blockMacs(network, exitAt)
  const priced = (macs: number | null) => ({ macs, fraction: macs === null ? null : macs / backbone })
  return [
    { kind: 'stem', block: null, ...stem, exit: null, ...priced(null) },
    ...blocks.map((detail, block): DrawnPart => {
      const exit = exitAt.get(block) ?? null
      return { kind: 'block', block, label: `block ${block}`, detail, exit, ...priced(macsAt[block]!) }
    }),
    {
      ...{ kind: 'classifier', block: null, label: 'classifier' },
      ...{ detail: `${spec.classes}-way`, exit: exits.length - 1, ...priced(exitMacs.at(-1)!) },
    },
  ]
}

/** Cost of an exit behind each block, the heads before it included; null where none can sit. */
function blockMacs(network: Network, exitAt: ReadonlyMap<number | null, number>): (number | null)[] {
  const { operations, places } = network
  let [passed, macs] = [0, 0]
  return places.map((place, block) => {
    macs += total(operations.backbone.slice(passed, place.operations))
    passed = place.operations
    const head = place.head()
    if (head === null) return null
    const upToHere = macs + total(head)
    if (exitAt.has(block)) macs = upToHere
    return upToHere
  })
}

function entriesOf(network: Network): LedgerEntry[] {
  const rows = ledger(network)
  const owned = parametersByModule(network, new Set(rows.map(({ module }) => module)))
  return rows.map(({ module, kind, macs, exit }) => {
    // What a module has goes to its first operation.
    const parameters = owned.get(module) ?? null
    owned.delete(module)
    return { module, operation: kind, macs, parameters, exit }
  })
}

/** Trained numbers of each module that has some: a parameter is of the module whose name its own begins with, the longest such. */
function parametersByModule(network: Network, modules: ReadonlySet<string>): Map<string, number> {
  const owned = new Map<string, number>()
  for (const parameter of trained(network)) {
    const words = parameter.name.split('.')
    while (words.length > 0 && !modules.has(words.join('.'))) words.pop()
    const module = words.join('.')
    owned.set(module, (owned.get(module) ?? 0) + numbersOf(parameter))
  }
  return owned
}

function trained({ parameters }: Network): ParameterSpec[] {
  return parameters.filter(({ kind }) => kind === 'parameter')
}

function numbersOf({ shape }: ParameterSpec): number {
  return shape.reduce((product, size) => product * size, 1)
}
