import type { ExitlabError } from '../../shared/basics/error.ts'
import type { ExitPlacement } from '../../shared/network/network.ts'
import { refusal } from './family.ts'

/** Possible positions of the exits of a network. */
export interface Sites {
  /** Name of the network in messages. */
  network: string
  blockCount: number
  /** Deepest block behind which an exit may sit. */
  lastSite: number
}

/**
 * The blocks, ascending, behind which a placement puts exits (method 2.4).
 * - a list: those blocks, none if it is empty;
 * - `every: n`: the multiples n, 2n, … up to the last site (so `every: 1` leaves out block 0, as the paper does);
 * - `all`: every site there is;
 * - `dense-sparse`, `sparse-dense`: the paper's lists for 16 blocks, [1…7, 11] and [1, 4, 8…14], scaled to B ≥ 8 blocks:
 *   1 … ⌊B/2⌋−1 and then one every ⌊B/4⌋; or 1, ⌊B/4⌋ and then ⌊B/2⌋ … B−2.
 */
export function placeExits(placement: ExitPlacement, sites: Sites): number[] {
  const blocks = Array.isArray(placement) ? [...placement].sort((a, b) => a - b) : schemeBlocks(placement, sites)
  if (blocks.length === 0 && !Array.isArray(placement)) {
    throw refused(
      `${describe(placement)} gives no exit: the last exit site is block ${sites.lastSite}; choose a smaller n or list the blocks`,
    )
  }
  checkExits(blocks, sites)
  return blocks
}

/** Throws `invalid-experiment` unless the blocks ascend, each at most once, within the sites of this network. */
export function checkExits(blocks: readonly number[], { network, blockCount, lastSite }: Sites): void {
  for (const [index, block] of blocks.entries()) {
    if (block > lastSite) {
      throw refused(
        `block ${block} cannot have an exit; in this ${network} of ${blockCount} blocks, exits are possible after blocks 0 to ${lastSite}` +
          (block === blockCount - 1 ? ' (the last block is followed by the final classifier)' : ''),
      )
    }
    if (index > 0 && block === blocks[index - 1])
      throw refused(`block ${block} is listed twice; expected each block once`)
    if (index > 0 && block < blocks[index - 1]!)
      throw refused(`expected blocks in ascending order, got [${blocks.join(', ')}]`)
  }
}

/** first, first + step, … up to `last`. */
export function upTo(first: number, last: number, step = 1): number[] {
  return Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, index) => first + index * step)
}

function schemeBlocks(placement: Exclude<ExitPlacement, number[]>, { blockCount, lastSite }: Sites): number[] {
  if (placement === 'all') return upTo(0, lastSite)
  if (typeof placement === 'object') return upTo(placement.every, lastSite, placement.every)
  if (blockCount < 8) {
    throw refused(
      `${placement} needs at least 8 blocks, but this network has ${blockCount}; list the blocks or use “every”`,
    )
  }
  const [half, quarter] = [Math.floor(blockCount / 2), Math.floor(blockCount / 4)]
  if (placement === 'dense-sparse') return [...upTo(1, half - 1), ...upTo(half - 1 + quarter, blockCount - 2, quarter)]
  return [1, quarter, ...upTo(half, blockCount - 2)]
}

function describe(placement: Exclude<ExitPlacement, number[]>): string {
  return typeof placement === 'object' ? `every: ${placement.every}` : placement
}

const refused = (message: string): ExitlabError => refusal('exits', message)
