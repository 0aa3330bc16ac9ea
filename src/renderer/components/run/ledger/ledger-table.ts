import type { LedgerEntry, NetworkDrawing } from '../../../../shared/network-drawing.ts'

/** What a part of the network, or several of them, cost. */
interface Cost {
  macs: number
  /** Of the bare backbone's cost. */
  fraction: number
  /** Trained numbers; null where there are none. */
  parameters: number | null
}

/** A part of the network: the stem, a block, a head. */
interface LedgerGroup extends Cost {
  kind: 'group'
  key: string
  label: string
  /** `convolution ×2, batch norm ×2, add`. */
  operations: string
  /** Length of its bar: of the costliest part, 0…1. */
  share: number
  entries: readonly (Cost & { module: string; operation: string; share: number })[]
}

/** Everything up to an exit. */
interface LedgerTotal extends Cost {
  kind: 'total'
  exit: number
  label: string
}

export type LedgerRow = LedgerGroup | LedgerTotal

/** The ledger's operations gathered by part, with the running total behind each exit. */
export function ledgerRows({ ledger, backboneMacs }: Pick<NetworkDrawing, 'ledger' | 'backboneMacs'>): LedgerRow[] {
  const costOf = (entries: readonly LedgerEntry[]): Cost => {
    const macs = entries.reduce((sum, entry) => sum + entry.macs, 0)
    return { macs, fraction: macs / backboneMacs, parameters: parametersOf(entries) }
  }
  const exits = [...new Set(ledger.map(({ exit }) => exit))]
  const parts = exits.map((exit) => partsOf(ledger.filter((entry) => entry.exit === exit)))
  const costliest = Math.max(...parts.flat().map(({ entries }) => costOf(entries).macs))
  const group = ({ key, entries }: Part, exit: number): LedgerGroup => ({
    kind: 'group',
    // A stem that is counted in two sections would else be there twice.
    key: `${exit}/${key}`,
    label: labelOf(key),
    operations: summary(entries),
    ...costOf(entries),
    share: costOf(entries).macs / costliest,
    entries: entries.map((entry) => ({
      module: entry.module,
      operation: words(entry.operation),
      ...costOf([entry]),
      share: entry.macs / costliest,
    })),
  })
  return exits.flatMap((exit, index): LedgerRow[] => [
    ...parts[index]!.map((part) => group(part, exit)),
    {
      kind: 'total',
      exit,
      label: index === exits.length - 1 ? 'whole network, all heads' : `up to exit ${exit}`,
      ...costOf(ledger.filter((entry) => entry.exit <= exit)),
    },
  ])
}

interface Part {
  key: string
  entries: LedgerEntry[]
}

/** Neighbours of the same part. */
function partsOf(entries: readonly LedgerEntry[]): Part[] {
  const parts: Part[] = []
  for (const entry of entries) {
    const key = /^(?:blocks|heads)\.\d+|^[^.]+/.exec(entry.module)?.[0] ?? entry.module
    const last = parts.at(-1)
    if (last?.key === key) last.entries.push(entry)
    else parts.push({ key, entries: [entry] })
  }
  return parts
}

function labelOf(key: string): string {
  const [kind, index] = key.split('.')
  if (kind === 'blocks') return `block ${index}`
  if (kind === 'heads') return `head of exit ${index}`
  return key.replaceAll('_', ' ')
}

/** Kinds of operations that cost something or have parameters, each with how many there are. */
function summary(entries: readonly LedgerEntry[]): string {
  const counts = new Map<string, number>()
  for (const { operation, macs, parameters } of entries) {
    if (macs > 0 || parameters !== null) counts.set(operation, (counts.get(operation) ?? 0) + 1)
  }
  return [...counts].map(([operation, count]) => words(operation) + (count > 1 ? ` ×${count}` : '')).join(', ')
}

function words(operation: string): string {
  return operation.replaceAll('-', ' ')
}

function parametersOf(entries: readonly LedgerEntry[]): number | null {
  const known = entries.flatMap(({ parameters }) => parameters ?? [])
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0)
}
