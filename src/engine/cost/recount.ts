import { presentCounting, type CountingRule } from '../../shared/evaluation/counting.ts'
import type { NetworkSpec } from '../../shared/network/network.ts'
import type { Costs } from '../../shared/runs/runs.ts'
import { total } from '../layers/operations.ts'
import { bareBackbone, createNetwork } from '../networks/index.ts'

/**
 * Costs by the present rule of such as were counted by rule 1. Heads cost the same by both, so that what is known of the backbone is
 * enough, also where the method of a head is not there.
 */
export function recounted(spec: NetworkSpec, { backboneMacs, exits }: Costs): Costs {
  const [before, now] = [costsOfBlocks(spec, 1), costsOfBlocks(spec, presentCounting)]
  const backbone = backboneMacs + now.backbone - before.backbone
  return {
    backboneMacs: backbone,
    exits: exits.map(({ exit, block, macs: counted }) => {
      const added =
        block === null ? now.backbone - before.backbone : now.behindBlocks[block]! - before.behindBlocks[block]!
      return { exit, block, macs: counted + added, fraction: (counted + added) / backbone }
    }),
  }
}

function costsOfBlocks(spec: NetworkSpec, rule: CountingRule) {
  const { operations, sites } = createNetwork(bareBackbone(spec), rule)
  return {
    backbone: total(operations.backbone),
    behindBlocks: sites.map((site) => total(operations.backbone.slice(0, site.operations))),
  }
}
