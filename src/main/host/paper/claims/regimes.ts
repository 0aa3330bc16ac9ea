import type { RegimeName } from '../../../../shared/regime-names.ts'
import { atLeast, atMost, between, difference, excess, gainSince, within, type Claim, type ClaimPart } from './claim.ts'

const resNet34 = 'table-8'
const msdnet = 'table-9'
const vitTiny = 'table-10'
const resNet50 = 'table-11'
const imageNet = ['table-12', 'table-1f']
const newsgroups = 'table-13'
const stsB = 'table-14'
/** ViT-T on CIFAR-100 with the methods PBEE and GPF, and with exits by entropy. */
const otherMethods = ['table-15', 'table-16', 'table-17']
const pretrained = 'table-18'
const headSizes = 'table-6'
const imagenette = 'table-20'
const placements = 'table-7'

/** Tables of one network on images, the exits behind the same blocks, trained from scratch. */
const vision = [resNet34, msdnet, vitTiny, resNet50, ...imageNet, ...otherMethods]
const quarter = [0.25]
const fromHalf = [0.5, 0.75, 1]
const fromThreeQuarters = [0.75, 1]

/** The same contrast of two regimes for several variants of a table, such as its placements of exits. */
const ofVariants = (
  variants: readonly string[],
  [first, second]: readonly [RegimeName, RegimeName],
  part: Omit<ClaimPart, 'contrast'>,
): ClaimPart[] =>
  variants.map((variant) => ({ ...part, contrast: difference(`${first}, ${variant}`, `${second}, ${variant}`) }))

const sizes = ['1L', '2L-1024', '2L-2048']
const placementsFromQuarter = ['Every-1', 'Every-2', 'Dense-Sparse', 'Sparse-Dense']
const weightings = ['uniform', 'GE', 'Inc', 'Dec', 'SDN']

const jointOverDisjoint = difference('joint', 'disjoint')
const mixedOverDisjoint = difference('mixed', 'disjoint')
const mixedOverJoint = difference('mixed', 'joint')

/** Joint and mixed against disjoint at 25 % in every setting on images. */
const lead = (expected: ClaimPart['expected']): ClaimPart[] => [
  { tables: vision, budgets: quarter, contrast: jointOverDisjoint, expected },
  { tables: vision, budgets: quarter, contrast: mixedOverDisjoint, expected },
  ...(['joint', 'mixed'] as const).flatMap((regime) => [
    ...ofVariants(sizes, [regime, 'disjoint'], { tables: [headSizes], budgets: quarter, expected }),
    ...ofVariants(placementsFromQuarter, [regime, 'disjoint'], { tables: [placements], budgets: quarter, expected }),
  ]),
]

const imagenetteLead = (expected: ClaimPart['expected']): ClaimPart[] =>
  (['joint', 'mixed'] as const).flatMap((regime) =>
    ofVariants(sizes, [regime, 'disjoint'], { tables: [imagenette], budgets: quarter, expected }),
  )

/** Joint against mixed where the paper has joint ahead. */
const jointAhead = (expected: ClaimPart['expected']): ClaimPart[] => [
  { tables: [msdnet], budgets: [0.5], contrast: difference('joint', 'mixed'), expected },
  ...ofVariants(['Every-3'], ['joint', 'mixed'], { tables: [placements], budgets: fromHalf, expected }),
  ...ofVariants(['Every-4'], ['joint', 'mixed'], { tables: [placements], budgets: [0.5], expected }),
]

/** Findings about disjoint, joint and mixed. */
const main: Claim[] = [
  {
    id: 'disjoint-below-at-25',
    statement:
      'At 25 % of the cost, disjoint is below joint and mixed in every setting on images; so it is at 35 % with ViT-B.',
    parts: [
      ...lead(atLeast(0)),
      ...imagenetteLead(atLeast(0)),
      ...[jointOverDisjoint, mixedOverDisjoint].map((contrast) => ({
        ...{ tables: [pretrained], budgets: [0.35], contrast },
        expected: atLeast(0),
      })),
    ],
  },
  {
    id: 'disjoint-far-below-at-25',
    statement: 'At 25 % of the cost, disjoint is 9 to 40 points below joint and mixed in settings on images.',
    parts: lead(between(9, 40)),
  },
  {
    id: 'imagenette-gap-at-25',
    statement: 'Exception: on Imagenette, disjoint is less than 9 points below joint and mixed at 25 % of the cost.',
    parts: imagenetteLead(between(0, 9)),
  },
  {
    id: 'joint-near-mixed-at-25',
    statement:
      'At 25 % of the cost (ViT-B: 35 %), joint and mixed lie within 1.1 points of each other in the main settings with accuracies.',
    parts: [
      { tables: [...vision, newsgroups], budgets: quarter, contrast: mixedOverJoint, expected: within(1.1) },
      { tables: [pretrained], budgets: [0.35], contrast: mixedOverJoint, expected: within(1.1) },
    ],
  },
  {
    id: 'joint-nearer-mixed-at-25',
    statement: 'There, joint and mixed are nearer to each other than either is to disjoint.',
    parts: [excess(mixedOverDisjoint, difference('joint', 'mixed')), excess(jointOverDisjoint, mixedOverJoint)].flatMap(
      (contrast): ClaimPart[] => [
        { tables: [...vision, newsgroups], budgets: quarter, contrast, expected: atLeast(0) },
        { tables: [pretrained], budgets: [0.35], contrast, expected: atLeast(0) },
      ],
    ),
  },
  {
    id: 'sts-b-at-25',
    statement: 'Exception: on STS-B, joint is better than mixed and disjoint at 25 % of the cost.',
    parts: [difference('joint', 'mixed'), jointOverDisjoint].map((contrast) => ({
      ...{ tables: [stsB], budgets: quarter, contrast },
      expected: atLeast(0),
    })),
  },
  {
    id: 'mixed-over-joint-from-50',
    statement:
      'From 50 to 100 % of the cost, mixed is at least as good as joint, in every setting but those named as exceptions.',
    parts: [
      {
        tables: [...[resNet34, vitTiny, resNet50, ...imageNet, newsgroups, stsB, ...otherMethods, pretrained]],
        budgets: fromHalf,
        contrast: mixedOverJoint,
        expected: atLeast(0),
      },
      { tables: [msdnet], budgets: fromThreeQuarters, contrast: mixedOverJoint, expected: atLeast(0) },
      ...ofVariants(sizes, ['mixed', 'joint'], {
        ...{ tables: [headSizes, imagenette], budgets: fromHalf },
        expected: atLeast(0),
      }),
      ...ofVariants(weightings, ['mixed', 'joint'], {
        ...{ tables: ['table-19'], budgets: fromHalf },
        expected: atLeast(0),
      }),
      ...ofVariants([...placementsFromQuarter, 'Every-5'], ['mixed', 'joint'], {
        ...{ tables: [placements], budgets: fromHalf },
        expected: atLeast(0),
      }),
      ...ofVariants(['Every-4'], ['mixed', 'joint'], {
        ...{ tables: [placements], budgets: fromThreeQuarters },
        expected: atLeast(0),
      }),
    ],
  },
  {
    id: 'joint-ahead-of-mixed',
    statement:
      'Exceptions: joint is ahead of mixed on MSDNet at 50 %, with exits behind every third block at 50 to 100 %, and behind every fourth at 50 %.',
    parts: jointAhead(atLeast(0)),
  },
  {
    id: 'joint-little-ahead-of-mixed',
    statement: 'In these exceptions joint is ahead by at most 0.9 points.',
    parts: jointAhead(between(0, 0.9)),
  },
  {
    id: 'disjoint-ahead-at-100',
    statement:
      'At 100 % of the cost, disjoint is as good as joint and mixed or better with ViT-T and ViT-S on ImageNet-1k, the pre-trained ViT-B, 20 Newsgroups and STS-B.',
    parts: [difference('disjoint', 'joint'), difference('disjoint', 'mixed')].map((contrast) => ({
      ...{ tables: [...imageNet, pretrained, newsgroups, stsB], budgets: [1], contrast },
      expected: atLeast(0),
    })),
  },
  {
    id: 'disjoint-behind-at-100',
    statement: 'At 100 % of the cost, disjoint is below joint and mixed with ResNet-34, MSDNet and ViT-T on CIFAR-100.',
    parts: [jointOverDisjoint, mixedOverDisjoint].map((contrast) => ({
      ...{ tables: [resNet34, msdnet, vitTiny], budgets: [1], contrast },
      expected: atLeast(0),
    })),
  },
  {
    id: 'disjoint-between-at-100',
    statement: 'At 100 % of the cost, disjoint lies between joint and mixed with ResNet-50.',
    parts: [difference('disjoint', 'joint'), mixedOverDisjoint].map((contrast) => ({
      ...{ tables: [resNet50], budgets: [1], contrast },
      expected: atLeast(0),
    })),
  },
]

/** Findings about the other four regimes. */
const others: Claim[] = [
  {
    id: 'gradual-over-mixed',
    statement:
      'At 75 and 100 % of the cost, mixed-gradual is better than mixed with ResNet-34, MSDNet and ViT-T on CIFAR-100 and on STS-B.',
    parts: [
      {
        ...{ tables: [resNet34, msdnet, vitTiny, stsB], budgets: fromThreeQuarters },
        contrast: difference('mixed-gradual', 'mixed'),
        expected: atLeast(0),
      },
    ],
  },
  {
    id: 'gradual-on-newsgroups',
    statement: 'Exception: on 20 Newsgroups, mixed-gradual is below mixed at 75 and 100 % of the cost.',
    parts: [
      {
        ...{ tables: [newsgroups], budgets: fromThreeQuarters },
        contrast: difference('mixed', 'mixed-gradual'),
        expected: atLeast(0),
      },
    ],
  },
  {
    id: 'separate-ahead-at-25',
    statement: 'At 25 % of the cost, separate is the best regime with ResNet-34 and ViT-T on CIFAR-100.',
    parts: (['disjoint', 'joint', 'mixed', 'branch-wise', 'alternating', 'mixed-gradual'] as const).map((other) => ({
      ...{ tables: [resNet34, vitTiny], budgets: quarter, contrast: difference('separate', other) },
      expected: atLeast(0),
    })),
  },
  {
    id: 'separate-behind-from-75',
    statement: 'From 75 % of the cost, separate falls behind joint and mixed with ResNet-34 and ViT-T on CIFAR-100.',
    parts: (['joint', 'mixed'] as const).map((other) => ({
      ...{ tables: [resNet34, vitTiny], budgets: fromThreeQuarters, contrast: difference(other, 'separate') },
      expected: atLeast(0),
    })),
  },
  {
    id: 'branch-wise-plateau',
    statement: 'Branch-wise gains at most 1.1 points from 50 to 100 % of the cost, in every setting with accuracies.',
    parts: [
      {
        ...{ tables: [resNet34, msdnet, vitTiny, newsgroups], budgets: [1], contrast: gainSince(0.5, 'branch-wise') },
        expected: atMost(1.1),
      },
    ],
  },
  {
    id: 'branch-wise-gains-less',
    statement: 'Branch-wise gains no more than mixed from 50 to 100 % of the cost, in every setting.',
    parts: [
      {
        ...{ tables: [resNet34, msdnet, vitTiny, newsgroups, stsB], budgets: [1] },
        contrast: excess(gainSince(0.5, 'mixed'), gainSince(0.5, 'branch-wise')),
        expected: atLeast(0),
      },
    ],
  },
  {
    id: 'alternating-below-mixed',
    statement:
      'From 50 to 100 % of the cost, alternating stays below mixed with ResNet-34, MSDNet and ViT-T on CIFAR-100.',
    parts: [
      {
        ...{ tables: [resNet34, msdnet, vitTiny], budgets: fromHalf, contrast: difference('mixed', 'alternating') },
        expected: atLeast(0),
      },
    ],
  },
]

/** Findings about training regimes. */
export const regimeClaims: readonly Claim[] = [...main, ...others]
