import type { MutualInformationResult } from '../schema.ts'
import type { BlockLimit, BlockLinesData } from '../../../../figures/block-lines-data.ts'
import { meanStd } from '../../../../shared/statistics/statistics.ts'
import { sharedBlocks, type SeriesResults } from '../../series-results.ts'

export const informationTargets = ['input', 'label'] as const
/** Information about the image, I(X;Z), or its class, I(Z;Y). */
export type InformationTarget = (typeof informationTargets)[number]

const words = {
  input: { title: 'I(X;Z), nats', subject: 'Mutual information with the input in nats' },
  label: { title: 'I(Z;Y), nats', subject: 'Mutual information with the label in nats' },
}

/** Mutual information of each block with the image or its class, a line for each series. */
export function informationLines(
  regimes: readonly SeriesResults<MutualInformationResult>[],
  { target, ...surroundings }: { target: InformationTarget } & Pick<BlockLinesData, 'blockCount' | 'exits' | 'note'>,
): BlockLinesData {
  return {
    ...surroundings,
    ...words[target],
    decimals: 2,
    fromZero: false,
    lines: regimes.flatMap(({ regime, series, look, seeds, results }) => {
      const points = sharedBlocks(results).flatMap(({ block, values }) => {
        const known = values.flatMap((value) => value[target] ?? [])
        return known.length === values.length ? [{ block, ...meanStd(known) }] : []
      })
      return points.length > 0 ? [{ regime, series, look, seeds, points }] : []
    }),
    limit: ceilingOf(regimes, { target, blockCount: surroundings.blockCount }),
  }
}

/** Upper limit of the estimates: ln(references), or the entropy of the classes; the same for all blocks. */
function ceilingOf(
  regimes: readonly SeriesResults<MutualInformationResult>[],
  { target, blockCount }: { target: InformationTarget; blockCount: number },
): BlockLimit | null {
  const ceilings = regimes.flatMap(({ results }) =>
    results.flatMap(({ inputCeiling, labelCeiling }) => (target === 'input' ? inputCeiling : (labelCeiling ?? []))),
  )
  if (ceilings.length === 0) return null
  const value = Math.max(...ceilings)
  const name = target === 'input' ? `ceiling ln ${Math.round(Math.exp(value))} =` : 'entropy of the classes'
  return { name, points: [0, blockCount - 1].map((block) => ({ block, value })) }
}
