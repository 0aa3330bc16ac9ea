import { paperRegimes } from '../../../../shared/regime-names.ts'
import { atMost, difference, excess, gainSince, partsOf, type Claim } from './claim.ts'
import { fromHalf, fromThreeQuarters, msdnet, newsgroups, quarter, resNet34, stsB, vitTiny, whole } from './subjects.ts'

/** Findings about branch-wise, separate, alternating and mixed-gradual. */
export const otherRegimeClaims: readonly Claim[] = [
  {
    id: 'gradual-over-mixed',
    statement:
      'At 75 and 100 % of the cost, mixed-gradual is better than mixed with ResNet-34, MSDNet and ViT-T on CIFAR-100 and on STS-B.',
    parts: partsOf([difference('mixed-gradual', 'mixed')], {
      tables: [resNet34, msdnet, vitTiny, stsB],
      budgets: fromThreeQuarters,
    }),
  },
  {
    id: 'gradual-on-newsgroups',
    statement: 'Exception: on 20 Newsgroups, mixed-gradual is below mixed at 75 and 100 % of the cost.',
    parts: partsOf([difference('mixed', 'mixed-gradual')], { tables: [newsgroups], budgets: fromThreeQuarters }),
  },
  {
    id: 'separate-ahead-at-25',
    statement: 'At 25 % of the cost, separate is the best regime with ResNet-34 and ViT-T on CIFAR-100.',
    parts: partsOf(
      paperRegimes.filter((name) => name !== 'separate').map((other) => difference('separate', other)),
      { tables: [resNet34, vitTiny], budgets: quarter },
    ),
  },
  {
    id: 'separate-behind-from-75',
    statement: 'From 75 % of the cost, separate falls behind joint and mixed with ResNet-34 and ViT-T on CIFAR-100.',
    parts: partsOf([difference('joint', 'separate'), difference('mixed', 'separate')], {
      tables: [resNet34, vitTiny],
      budgets: fromThreeQuarters,
    }),
  },
  {
    id: 'branch-wise-plateau',
    statement: 'Branch-wise gains at most 1.1 points from 50 to 100 % of the cost, in every setting with accuracies.',
    parts: partsOf(
      [gainSince(0.5, 'branch-wise')],
      { tables: [resNet34, msdnet, vitTiny, newsgroups], budgets: whole },
      atMost(1.1),
    ),
  },
  {
    id: 'branch-wise-gains-less',
    statement: 'Branch-wise gains no more than mixed from 50 to 100 % of the cost, in every setting.',
    parts: partsOf([excess(gainSince(0.5, 'mixed'), gainSince(0.5, 'branch-wise'))], {
      tables: [resNet34, msdnet, vitTiny, newsgroups, stsB],
      budgets: whole,
    }),
  },
  {
    id: 'alternating-below-mixed',
    statement:
      'From 50 to 100 % of the cost, alternating stays below mixed with ResNet-34, MSDNet and ViT-T on CIFAR-100.',
    parts: partsOf([difference('mixed', 'alternating')], { tables: [resNet34, msdnet, vitTiny], budgets: fromHalf }),
  },
]
