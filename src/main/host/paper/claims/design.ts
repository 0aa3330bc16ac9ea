import { atLeast, atMost, difference, excess, type Claim, type ClaimPart, type RowName } from './claim.ts'

const headSizes = 'table-6'
const imagenette = 'table-20'
const weightings = 'table-19'
const all = [0.25, 0.5, 0.75, 1, null]
const fromHalf = [0.5, 0.75, 1]
const fromThreeQuarters = [0.75, 1]

const larger = ['2L-1024', '2L-2048'] as const
const regimes = ['joint', 'mixed'] as const

/** What a larger head gains over one linear layer, for each size. */
const largerHeads = (regime: 'disjoint' | 'mixed', part: Omit<ClaimPart, 'contrast'>): ClaimPart[] =>
  larger.map((size) => ({ ...part, contrast: difference(`${regime}, ${size}`, `${regime}, 1L`) }))

/** What a weighting gains over the mean of the losses. */
const gainOf = (regime: (typeof regimes)[number], weighting: string) =>
  difference(`${regime}, ${weighting}` as RowName, `${regime}, uniform`)
const lossOf = (regime: (typeof regimes)[number], weighting: string) =>
  difference(`${regime}, uniform`, `${regime}, ${weighting}` as RowName)

/** Findings about sizes of heads and weightings of losses. */
export const designClaims: readonly Claim[] = [
  {
    id: 'larger-heads-help-disjoint',
    statement: 'Larger heads help disjoint at 25 and 50 % of the cost.',
    parts: largerHeads('disjoint', {
      ...{ tables: [headSizes, imagenette], budgets: [0.25, 0.5] },
      expected: atLeast(0),
    }),
  },
  {
    id: 'larger-heads-help-disjoint-much',
    statement:
      'On TinyImageNet, larger heads help disjoint by about 7.6 points at 25 % of the cost (tested: at least 7 points).',
    parts: largerHeads('disjoint', { tables: [headSizes], budgets: [0.25], expected: atLeast(7) }),
  },
  {
    id: 'larger-heads-help-mixed-little',
    statement: 'Larger heads help mixed little at 25 % of the cost (tested: by at most 1 point).',
    parts: largerHeads('mixed', { tables: [headSizes, imagenette], budgets: [0.25], expected: atMost(1) }),
  },
  {
    id: 'larger-heads-help-mixed-less',
    statement: 'There, larger heads help mixed less than disjoint.',
    parts: larger.map((size) => ({
      ...{ tables: [headSizes, imagenette], budgets: [0.25], expected: atLeast(0) },
      contrast: excess(difference(`disjoint, ${size}`, 'disjoint, 1L'), difference(`mixed, ${size}`, 'mixed, 1L')),
    })),
  },
  {
    id: 'larger-heads-hurt-mixed',
    statement: 'From 50 to 100 % of the cost, larger heads do not help mixed.',
    parts: largerHeads('mixed', { tables: [headSizes, imagenette], budgets: fromHalf, expected: atMost(0) }),
  },
  {
    id: 'late-weights-cost-25',
    statement: 'Increasing weights (Inc, SDN) cost accuracy at 25 % of the cost, for joint and for mixed.',
    parts: regimes.flatMap((regime) =>
      ['Inc', 'SDN'].map((weighting) => ({
        ...{ tables: [weightings], budgets: [0.25], contrast: lossOf(regime, weighting) },
        expected: atLeast(0),
      })),
    ),
  },
  {
    id: 'late-weights-gain-from-75',
    statement: 'Increasing weights (Inc, SDN) gain accuracy at 75 and 100 % of the cost, for joint and for mixed.',
    parts: regimes.flatMap((regime) =>
      ['Inc', 'SDN'].map((weighting) => ({
        ...{ tables: [weightings], budgets: fromThreeQuarters, contrast: gainOf(regime, weighting) },
        expected: atLeast(0),
      })),
    ),
  },
  {
    id: 'early-weights-gain-25',
    statement: 'Decreasing weights (Dec) gain accuracy at 25 % of the cost, for joint and for mixed.',
    parts: regimes.map((regime) => ({
      ...{ tables: [weightings], budgets: [0.25], contrast: gainOf(regime, 'Dec') },
      expected: atLeast(0),
    })),
  },
  {
    id: 'early-weights-cost-from-75',
    statement: 'Decreasing weights (Dec) gain nothing at 75 and 100 % of the cost, for joint and for mixed.',
    parts: regimes.map((regime) => ({
      ...{ tables: [weightings], budgets: fromThreeQuarters, contrast: lossOf(regime, 'Dec') },
      expected: atLeast(0),
    })),
  },
  {
    id: 'equilibrium-helps-joint',
    statement: 'Gradient equilibrium (GE) helps joint at every budget.',
    parts: [{ tables: [weightings], budgets: all, contrast: gainOf('joint', 'GE'), expected: atLeast(0) }],
  },
  {
    id: 'equilibrium-not-mixed',
    statement: 'Gradient equilibrium (GE) helps mixed at no budget by more than 0.02 points.',
    parts: [{ tables: [weightings], budgets: all, contrast: gainOf('mixed', 'GE'), expected: atMost(0.02) }],
  },
  {
    id: 'weightings-gain-less-for-mixed',
    statement: 'At 75 and 100 % of the cost, Inc, SDN and GE gain less for mixed than for joint.',
    parts: ['Inc', 'SDN', 'GE'].map((weighting) => ({
      ...{ tables: [weightings], budgets: fromThreeQuarters },
      contrast: excess(gainOf('joint', weighting), gainOf('mixed', weighting)),
      expected: atLeast(0),
    })),
  },
]
