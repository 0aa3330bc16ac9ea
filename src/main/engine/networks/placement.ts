import { settingRefused, type ExitlabError } from '../../../shared/error.ts'
import type { ExitPlacement } from '../../../shared/experiment.ts'
import type { NetworkSpec } from '../../../shared/network.ts'

/** What decides where exits may sit. */
export interface Places {
  family: NetworkSpec['family']
  blockCount: number
}

/**
 * The blocks, ascending, behind which a placement puts exits (method 2.4).
 * - a list: those blocks;
 * - `every: n`: the multiples n, 2n, … up to the last place (so `every: 1` leaves out block 0, as the paper does);
 * - `all`: every place there is;
 * - `dense-sparse`, `sparse-dense`: the paper's lists for 16 blocks, [1…7, 11] and [1, 4, 8…14], scaled to B ≥ 8 blocks:
 *   1 … ⌊B/2⌋−1 and then one every ⌊B/4⌋; or 1, ⌊B/4⌋ and then ⌊B/2⌋ … B−2.
 */
export function placeExits(placement: ExitPlacement, places: Places): number[] {
  const blocks = Array.isArray(placement) ? [...placement].sort((a, b) => a - b) : schemeBlocks(placement, places)
  if (blocks.length === 0) {
    const last = lastPlace(places)
    throw refusal(
      `${describe(placement)} leaves no exit: the last block that can have one is block ${last}; choose a smaller n or list the blocks`,
    )
  }
  checkPlaces(blocks, places)
  return blocks
}

/** Throws `invalid-experiment` unless the blocks ascend, each at most once, within the places of this network. */
export function checkPlaces(blocks: readonly number[], places: Places): void {
  const last = lastPlace(places)
  const { family, blockCount } = places
  for (const [index, block] of blocks.entries()) {
    if (block > last) {
      throw refusal(
        `block ${block} cannot have an exit; in this ${family} of ${blockCount} blocks exits sit behind blocks 0 to ${last}` +
          (block === blockCount - 1 ? ' (behind the last one sits the final classifier)' : ''),
      )
    }
    if (index > 0 && block === blocks[index - 1]) throw refusal(`block ${block} is listed twice; name each block once`)
    if (index > 0 && block < blocks[index - 1]!)
      throw refusal(`expected blocks in ascending order, got [${blocks.join(', ')}]`)
  }
}

/** Deepest block that may have an exit. A ResNet's last block feeds the final classifier; a ViT's may have an exit besides. */
export function lastPlace({ family, blockCount }: Places): number {
  return family === 'resnet' ? blockCount - 2 : blockCount - 1
}

/** first, first + step, … up to `last`. */
export function upTo(first: number, last: number, step = 1): number[] {
  return Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, index) => first + index * step)
}

function schemeBlocks(placement: Exclude<ExitPlacement, number[]>, places: Places): number[] {
  if (placement === 'all') return upTo(0, lastPlace(places))
  if (typeof placement === 'object') return upTo(placement.every, lastPlace(places), placement.every)
  const { blockCount } = places
  if (blockCount < 8) {
    throw refusal(
      `${placement} needs at least 8 blocks, this network has ${blockCount}; list the blocks or use “every”`,
    )
  }
  const [half, quarter] = [Math.floor(blockCount / 2), Math.floor(blockCount / 4)]
  if (placement === 'dense-sparse') return [...upTo(1, half - 1), ...upTo(half - 1 + quarter, blockCount - 2, quarter)]
  return [1, quarter, ...upTo(half, blockCount - 2)]
}

function describe(placement: ExitPlacement): string {
  if (Array.isArray(placement)) return 'an empty list'
  return typeof placement === 'object' ? `every: ${placement.every}` : placement
}

function refusal(message: string): ExitlabError {
  return settingRefused(['network', 'exits'], message)
}
