import { atLeast, atMost, difference, excess, partsOf, type Claim, type Contrast } from './claim.ts'
import { fromHalf, fromThreeQuarters, headSizes, imagenette, quarter, weightings } from './subjects.ts'

const largerSizes = ['2L-1024', '2L-2048'] as const
const regimes = ['joint', 'mixed'] as const
const bySize = [headSizes, imagenette]

/** What each larger head gains over one linear layer. */
const largerHeads = (regime: 'disjoint' | 'mixed'): Contrast[] =>
  largerSizes.map((size) => difference(`${regime}, ${size}`, `${regime}, 1L`))

type Regime = (typeof regimes)[number]

/** What a weighting gains over the mean of the losses. */
const gainOf = (regime: Regime, weighting: string) => difference(`${regime}, ${weighting}`, `${regime}, uniform`)
const lossOf = (regime: Regime, weighting: string) => difference(`${regime}, uniform`, `${regime}, ${weighting}`)

/** A contrast for each regime and some weightings. */
const ofEach = (contrast: typeof gainOf, names: readonly string[]): Contrast[] =>
  regimes.flatMap((regime) => names.map((weighting) => contrast(regime, weighting)))

/** Findings about sizes of heads and weightings of losses. */
export const designClaims: readonly Claim[] = [
  {
    id: 'larger-heads-help-disjoint',
    statement: 'Larger heads help disjoint at 25 and 50 % of the cost.',
    parts: partsOf(largerHeads('disjoint'), { tables: bySize, budgets: [0.25, 0.5] }),
  },
  {
    id: 'larger-heads-help-disjoint-much',
    statement:
      'On TinyImageNet, larger heads help disjoint by about 7.6 points at 25 % of the cost (tested: at least 7 points).',
    parts: partsOf(largerHeads('disjoint'), { tables: [headSizes], budgets: quarter }, atLeast(7)),
  },
  {
    id: 'larger-heads-help-mixed-little',
    statement: 'Larger heads help mixed little at 25 % of the cost (tested: by at most 1 point).',
    parts: partsOf(largerHeads('mixed'), { tables: bySize, budgets: quarter }, atMost(1)),
  },
  {
    id: 'larger-heads-help-mixed-less',
    statement: 'There, larger heads help mixed less than disjoint.',
    parts: partsOf(
      largerHeads('disjoint').map((gain, index) => excess(gain, largerHeads('mixed')[index]!)),
      { tables: bySize, budgets: quarter },
    ),
  },
  {
    id: 'larger-heads-hurt-mixed',
    statement: 'From 50 to 100 % of the cost, larger heads do not help mixed.',
    parts: partsOf(largerHeads('mixed'), { tables: bySize, budgets: fromHalf }, atMost(0)),
  },
  {
    id: 'late-weights-cost-25',
    statement: 'Increasing weights (Inc, SDN) cost accuracy at 25 % of the cost, for joint and for mixed.',
    parts: partsOf(ofEach(lossOf, ['Inc', 'SDN']), { tables: [weightings], budgets: quarter }),
  },
  {
    id: 'late-weights-gain-from-75',
    statement: 'Increasing weights (Inc, SDN) gain accuracy at 75 and 100 % of the cost, for joint and for mixed.',
    parts: partsOf(ofEach(gainOf, ['Inc', 'SDN']), { tables: [weightings], budgets: fromThreeQuarters }),
  },
  {
    id: 'early-weights-gain-25',
    statement: 'Decreasing weights (Dec) gain accuracy at 25 % of the cost, for joint and for mixed.',
    parts: partsOf(ofEach(gainOf, ['Dec']), { tables: [weightings], budgets: quarter }),
  },
  {
    id: 'early-weights-cost-from-75',
    statement: 'Decreasing weights (Dec) gain nothing at 75 and 100 % of the cost, for joint and for mixed.',
    parts: partsOf(ofEach(lossOf, ['Dec']), { tables: [weightings], budgets: fromThreeQuarters }),
  },
  {
    id: 'equilibrium-helps-joint',
    statement: 'Gradient equilibrium (GE) helps joint at every budget.',
    parts: partsOf([gainOf('joint', 'GE')], { tables: [weightings], budgets: [0.25, ...fromHalf, null] }),
  },
  {
    id: 'equilibrium-not-mixed',
    statement: 'Gradient equilibrium (GE) helps mixed at no budget by more than 0.02 points.',
    parts: partsOf([gainOf('mixed', 'GE')], { tables: [weightings], budgets: [0.25, ...fromHalf, null] }, atMost(0.02)),
  },
  {
    id: 'weightings-gain-less-for-mixed',
    statement: 'At 75 and 100 % of the cost, Inc, SDN and GE gain less for mixed than for joint.',
    parts: partsOf(
      ['Inc', 'SDN', 'GE'].map((weighting) => excess(gainOf('joint', weighting), gainOf('mixed', weighting))),
      { tables: [weightings], budgets: fromThreeQuarters },
    ),
  },
]
