import type { PaperScale } from '../../../shared/paper.ts'
import { mainRegimes, paperRegimes } from '../../../shared/regime-names.ts'
import type { MatrixTable, PaperPart, PaperSource } from './matrix-types.ts'

const heads = ['1L', '2L-1024', '2L-2048']
const placements = ['Every-1', 'Every-2', 'Every-3', 'Every-4', 'Every-5', 'Dense-Sparse', 'Sparse-Dense']

const equilibrium: PaperSource = { file: 'resnet50-tinyimagenet-equilibrium', variants: ['GE'] }
const weightings: Record<PaperScale, readonly PaperSource[]> = {
  paper: [{ file: 'resnet50-tinyimagenet-weighting', variants: ['uniform', 'Inc', 'Dec', 'SDN'] }, equilibrium],
  // The ramp of `sdn` is as long as a phase, which has fewer epochs.
  desk: [
    { file: 'resnet50-tinyimagenet-weighting', variants: ['uniform', 'Inc', 'Dec'] },
    { file: 'resnet50-tinyimagenet-sdn', variants: ['SDN'] },
    equilibrium,
  ],
}

/** One published table and one file for both scales. */
function part(
  published: string,
  file: string,
  { rule = null, variants = [null] }: { rule?: string | null; variants?: readonly (string | null)[] } = {},
): PaperPart {
  const sources = [{ file, variants }]
  return { published, rule, sources: { paper: sources, desk: sources } }
}

const table = (
  number: number,
  title: string,
  about: Pick<MatrixTable, 'parts'> & Partial<MatrixTable>,
): MatrixTable => ({
  kind: 'table',
  number,
  title,
  regimes: mainRegimes,
  differencesTo: null,
  note: null,
  ...about,
})

const regressionNote =
  'The paper names no exit rule for a regression: of the single exits within a budget, the one with the lowest MSE on validation samples is read.'

const patience = { rule: 'patience' }
const entropy = { rule: 'entropy' }
const scaling = { published: 'table-19', rule: null, sources: weightings }

/** The tables of the paper with the experiments that they are compared with. */
export const matrixTables: readonly MatrixTable[] = [
  table(1, 'Images, three regimes', {
    parts: [
      part('table-1a', 'resnet34-cifar100'),
      part('table-1b', 'msdnet-cifar100'),
      part('table-1c', 'vit-t-cifar100'),
      part('table-1d', 'resnet50-tinyimagenet'),
      part('table-1e', 'vit-t-imagenet'),
      part('table-1f', 'vit-s-imagenet'),
    ],
    note: 'The paper gives no training settings for ViT-S: those of ViT-T on ImageNet-1k are used.',
  }),
  table(2, 'BERT, texts, three regimes', {
    parts: [part('table-2a', 'bert-newsgroups'), part('table-2b', 'bert-sts-b')],
    note: regressionNote,
  }),
  table(3, 'ViT-T, CIFAR-100, other early-exit methods', {
    parts: [
      part('table-3a', 'vit-t-cifar100', patience),
      part('table-3b', 'vit-t-cifar100-gpf'),
      part('table-3c', 'vit-t-cifar100', entropy),
    ],
    note: 'Its first part is read by the patience of the predictions, its last by normalised entropy, 1 − H / ln C.',
  }),
  table(4, 'ViT-B, pre-trained, CIFAR-100', { parts: [part('table-4', 'vit-b-cifar100')] }),
  table(5, 'Scaling of losses and gradients, differences to uniform weights', {
    regimes: ['joint', 'mixed'],
    parts: [scaling],
    differencesTo: 'uniform',
    note: 'Its published values are the differences of those of table 19.',
  }),
  table(6, 'Size of heads, ViT-T, TinyImageNet', {
    parts: [part('table-6', 'vit-t-tinyimagenet-heads', { variants: heads })],
    note: 'The paper gives no training settings: those of ViT-T on CIFAR-100 are used.',
  }),
  table(7, 'Placement of exits, ResNet-50, TinyImageNet', {
    parts: [part('table-7', 'resnet50-tinyimagenet-placement', { variants: placements })],
    note: 'The paper does not list the blocks of Every-2: multiples of 2 are used.',
  }),
  table(8, 'ResNet-34, CIFAR-100', { regimes: paperRegimes, parts: [part('table-8', 'resnet34-cifar100')] }),
  table(9, 'MSDNet, CIFAR-100', { regimes: paperRegimes, parts: [part('table-9', 'msdnet-cifar100')] }),
  table(10, 'ViT-T, CIFAR-100', { regimes: paperRegimes, parts: [part('table-10', 'vit-t-cifar100')] }),
  table(11, 'ResNet-50, TinyImageNet', { parts: [part('table-11', 'resnet50-tinyimagenet')] }),
  table(12, 'ViT-T, ImageNet-1k', { parts: [part('table-12', 'vit-t-imagenet')] }),
  table(13, 'BERT, 20 Newsgroups', { regimes: paperRegimes, parts: [part('table-13', 'bert-newsgroups')] }),
  table(14, 'BERT, STS-B', {
    regimes: paperRegimes,
    parts: [part('table-14', 'bert-sts-b')],
    note: regressionNote,
  }),
  table(15, 'PBEE, ViT-T, CIFAR-100', { parts: [part('table-15', 'vit-t-cifar100', patience)] }),
  table(16, 'GPF, ViT-T, CIFAR-100', { parts: [part('table-16', 'vit-t-cifar100-gpf')] }),
  table(17, 'Normalised entropy, ViT-T, CIFAR-100', { parts: [part('table-17', 'vit-t-cifar100', entropy)] }),
  table(18, 'ViT-B, pre-trained, CIFAR-100', { parts: [part('table-18', 'vit-b-cifar100')] }),
  table(19, 'Scaling of losses and gradients, ResNet-50', {
    regimes: ['joint', 'mixed'],
    parts: [scaling],
    note: 'The paper gives no values for increasing and decreasing weights: linear from 0.6 to 1.4 and back.',
  }),
  table(20, 'Size of heads, ViT-T, Imagenette', {
    parts: [part('table-20', 'vit-t-imagenette-heads', { variants: heads })],
    note: 'The paper gives no training settings: those of ViT-T on CIFAR-100 are used.',
  }),
]
