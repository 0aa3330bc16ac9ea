import type { EChartsOption } from 'echarts'
import type { Dominance } from '../../../../shared/evaluation/dominance.ts'
import { cosineScale, cosinesText, cosineText, dominanceTitle, knownCosines, measuredExits } from './data.ts'
import { heatMapOption } from '../../../../figures/heat-map.ts'
import type { HeatMapData } from '../../../../figures/heat-map-layout.ts'
import type { FigureFrame } from '../../../../figures/plot.ts'

/** Gradient dominance block by block, at one place. */
export interface DominanceBlocksData {
  /** Where: `epoch 38 of phase 2 of 2: all exits`, `the kept weights`. */
  place: string
  /** Exits of the network, the final classifier included. */
  exitCount: number
  dominance: Dominance
  /** Standard deviation over batches of the whole backbone's cosine, by exit. */
  spread?: readonly (number | null)[]
}

/** Narrower columns have room for the number of their block only; pixels. */
const roomForWord = 48
/** Approximate width of row labels and scale beside the columns; pixels. */
const besideColumns = 120

/** Exits by blocks, the whole backbone behind them; of more than eight blocks, or in a narrow figure, numbers only. */
export function blocksHeatMap(
  { place, exitCount, dominance, spread }: DominanceBlocksData,
  width = Infinity,
): HeatMapData {
  const { exits, blocks } = dominance
  const blockCount = blocks[0]!.length
  const measured = measuredExits({ exitCount, epochs: [dominance] })
  const values = measured.map(({ exit }) => [...blocks[exit]!, exits[exit]!])
  const numbered = blockCount > 8 || width - besideColumns < roomForWord * (blockCount + 1)
  const columns = Array.from({ length: blockCount }, (_, block) => ({
    label: numbered ? `${block}` : `block ${block}`,
  }))
  return {
    title: `${dominanceTitle}, by block (${place})`,
    rows: measured.map(({ label }) => label),
    columns: [...columns, { label: 'all' }],
    values,
    texts: measured.map(({ exit }, row) =>
      values[row]!.map((value, column) => (column === blockCount ? withSpread(value, spread?.[exit]) : null)),
    ),
    strong: { columns: [blockCount] },
    ...cosineScale(values.flat()),
  }
}

/** The heat map with its axes. A function of data and size alone. */
export function dominanceBlocksOption(data: DominanceBlocksData, frame: FigureFrame): EChartsOption {
  return heatMapOption(blocksHeatMap(data, frame.width), frame)
}

/** Text description of the figure. */
export function dominanceBlocksSentence({ place, exitCount, dominance }: DominanceBlocksData): string {
  const known = knownCosines(dominance)
  if (known.length === 0) return `Gradient dominance (${place}): no exit has a gradient.`
  const measured = measuredExits({ exitCount, epochs: [dominance] })
  const leaders = dominance.blocks[0]!.map((_, block) => {
    const here = measured.filter(({ exit }) => dominance.blocks[exit]![block] !== null)
    if (here.length === 0) return null
    return here.reduce((a, b) => (dominance.blocks[b.exit]![block]! > dominance.blocks[a.exit]![block]! ? b : a)).label
  })
  const blocks = leaders.flatMap((label, block) => (label === null ? [] : [`block ${block} ${label}`]))
  return `Gradient dominance (${place}), over the whole backbone: ${cosinesText(known)}. Closest to the total gradient: ${blocks.join(', ')}.`
}

function withSpread(value: number | null, spread: number | null | undefined): string | null {
  if (value === null) return null
  return spread === null || spread === undefined ? cosineText(value) : `${cosineText(value)} ± ${spread.toFixed(2)}`
}
