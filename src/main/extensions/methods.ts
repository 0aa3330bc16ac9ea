import { analyses } from '../../readings/analyses/index.ts'
import { readings } from '../../readings/index.ts'
import type { Registry } from '../../shared/methods/registry.ts'
import type { MethodKind } from '../../shared/methods/unknown-method.ts'
import { datasets } from '../../datasets/index.ts'
import { exitRules } from '../../engine/exits/index.ts'
import { heads } from '../../engine/heads/index.ts'
import { exitLosses } from '../../engine/losses/index.ts'
import { families } from '../../engine/networks/families.ts'
import { weightings } from '../../engine/objectives/index.ts'
import { optimisers } from '../../engine/optimisers/index.ts'
import { regimes } from '../../engine/regimes/index.ts'

/** Kinds of methods by their key in an extension, each with its registry. */
const kinds = {
  families: { kind: 'family', registry: families },
  heads: { kind: 'head', registry: heads },
  weightings: { kind: 'weighting', registry: weightings },
  losses: { kind: 'loss', registry: exitLosses },
  optimisers: { kind: 'optimiser', registry: optimisers },
  exitRules: { kind: 'rule', registry: exitRules },
  regimes: { kind: 'regime', registry: regimes },
  datasets: { kind: 'dataset', registry: datasets },
  readings: { kind: 'reading', registry: readings },
  analyses: { kind: 'analysis', registry: analyses },
} as const

export type ExtensionKey = keyof typeof kinds
export const methodKinds = kinds as unknown as Readonly<
  Record<ExtensionKey, { kind: MethodKind; registry: Registry<unknown> }>
>
export const extensionKeys = Object.keys(kinds) as ExtensionKey[]

/** Every method, kind by kind, with the extension that it is of; null for Exitlab's own. */
export const methodList = () =>
  Object.values(methodKinds).flatMap(({ kind, registry }) =>
    registry.names().map((name) => ({ kind, name, origin: registry.origin(name) })),
  )
