/** Most numbers that one pass keeps in memory, unless one block alone has more: 512 MiB of them. */
const mostKept = 2 ** 27

interface Kept {
  imageCount: number
  /** One a block: how many numbers of an image are kept. */
  views: readonly { width: number }[]
}

/** Blocks whose features are kept in one pass over all images: `first` and as many following ones as fit into memory. */
export function blocksOfPass(first: number, { views, imageCount }: Kept): number[] {
  const blocks = [first]
  let kept = views[first]!.width * imageCount
  for (let block = first + 1; block < views.length; block++) {
    kept += views[block]!.width * imageCount
    if (kept > mostKept) break
    blocks.push(block)
  }
  return blocks
}
