import type { Exit } from '../../src/engine/networks/index.ts'
import type { RegimeNetwork } from '../../src/engine/regimes/index.ts'

/** A backbone of `blockCount` blocks with exits behind some; `tail` is what follows the last block. */
export function networkOf(blockCount: number, exitBlocks: number[], tail = ['classifier']): RegimeNetwork {
  const blocks = Array.from({ length: blockCount }, (_, block) => {
    const exit = exitBlocks.indexOf(block)
    return exit < 0 ? [`blocks.${block}`] : [`blocks.${block}`, `heads.${exit}`]
  })
  const names = ['stem', ...blocks.flat(), ...tail]
  const isHead = (name: string) => name.startsWith('heads.')
  const exitOf = (block: number | null, exit: number): Exit => {
    const end = block === null ? names.length - 1 : names.indexOf(`blocks.${block}`)
    const reaches = names.filter((name, index) => (isHead(name) ? name === `heads.${exit}` : index <= end))
    return { exit, block, runs: [exit], reaches, parameters: new Set() }
  }
  return {
    groups: names.map((name) => ({
      name,
      kind: isHead(name) ? 'head' : name === 'classifier' ? 'classifier' : 'backbone',
    })),
    exits: [...exitBlocks, null].map(exitOf),
  }
}
