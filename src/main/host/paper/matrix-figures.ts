import { mainRegimes, paperRegimes } from '../../../shared/regime-names.ts'
import type { AnalysisDrawing, MatrixFigure } from './matrix-types.ts'

/** A cost curve of one experiment. */
function curve(
  number: number,
  title: string,
  {
    file,
    regimes = mainRegimes,
    rule = null,
  }: Pick<MatrixFigure, 'file'> & Partial<Pick<MatrixFigure, 'regimes'>> & { rule?: string | null },
): MatrixFigure {
  return { kind: 'figure', number, title, file, regimes, drawing: { of: 'cost-curve', rule }, note: null }
}

const connectivity: AnalysisDrawing = {
  of: 'analysis',
  analysis: 'mode-connectivity',
  parameters: { paper: {}, desk: { points: 11, images: 1000, statisticsImages: 1000 } },
  seeds: 'first',
  panels: [
    { name: 'path', figure: 'connectivity-map', options: { path: 'naive' } },
    { name: 'matched', figure: 'connectivity-map', options: { path: 'matched' } },
    { name: 'barriers', figure: 'barrier-matrix', options: {} },
  ],
}
const rank: AnalysisDrawing = {
  of: 'analysis',
  analysis: 'numerical-rank',
  parameters: { paper: {}, desk: { samples: 1000, features: 512 } },
  seeds: 'all',
  panels: [{ name: null, figure: 'rank', options: {} }],
}
const information: AnalysisDrawing = {
  of: 'analysis',
  analysis: 'mutual-information',
  parameters: { paper: {}, desk: { samples: 1000, references: 1000 } },
  seeds: 'all',
  panels: [{ name: null, figure: 'information', options: {} }],
}
const landscape: AnalysisDrawing = {
  of: 'analysis',
  analysis: 'loss-landscape',
  parameters: { paper: {}, desk: { points: 15, images: 500 } },
  seeds: 'first',
  panels: [
    { name: 'contours', figure: 'landscape-contour', options: { arrangement: 'seeds', exit: 0 }, height: 190 },
    { name: 'surfaces', figure: 'landscape-surface', options: { arrangement: 'seeds', exit: 0 }, height: 190 },
  ],
}

/** The figures of the paper with the experiments that they are drawn of. */
export const matrixFigures: readonly MatrixFigure[] = [
  curve(1, 'ViT-T, ImageNet-1k', { file: 'vit-t-imagenet' }),
  {
    kind: 'figure',
    number: 2,
    title: 'Gradient dominance, joint and mixed, ResNet-50',
    file: 'resnet50-tinyimagenet',
    regimes: ['joint', 'mixed'],
    drawing: { of: 'dominance' },
    note: 'Cosines over the parameters of the backbone, mean of each epoch, measured while training; first seed.',
  },
  {
    kind: 'figure',
    number: 3,
    title: 'Mode connectivity, ResNet-20',
    file: 'resnet20-cifar10',
    regimes: mainRegimes,
    drawing: connectivity,
    note: 'All pairs of the regimes, first seed. The paper gives no training settings for ResNet-20, nor how batch norm statistics are found on a path: they are re-estimated.',
  },
  {
    kind: 'figure',
    number: 4,
    title: 'Numerical rank of each block',
    file: 'resnet50-tinyimagenet',
    regimes: mainRegimes,
    drawing: rank,
    note: 'The paper gives no tolerance: eigenvalues of the covariance above a thousandth of the largest are counted.',
  },
  {
    kind: 'figure',
    number: 5,
    title: 'Mutual information with the input, of each block',
    file: 'resnet50-tinyimagenet',
    regimes: mainRegimes,
    drawing: information,
    note: 'The paper names no network: ResNet-50 is taken. The estimate is bounded by the logarithm of the samples in its mixture.',
  },
  {
    kind: 'figure',
    number: 6,
    title: 'Loss landscapes, first exit, ResNet-20',
    file: 'resnet20-cifar10',
    regimes: mainRegimes,
    drawing: landscape,
    note: 'First seed. The paper gives no range: −1 to 1 along directions with filter normalisation, on a regular grid.',
  },
  curve(7, 'ResNet-34, CIFAR-100', { file: 'resnet34-cifar100', regimes: paperRegimes }),
  curve(8, 'MSDNet, CIFAR-100', { file: 'msdnet-cifar100', regimes: paperRegimes }),
  curve(9, 'ViT-T, CIFAR-100', { file: 'vit-t-cifar100', regimes: paperRegimes }),
  curve(10, 'ViT-T, ImageNet-1k', { file: 'vit-t-imagenet' }),
  curve(11, 'BERT, 20 Newsgroups', { file: 'bert-newsgroups', regimes: paperRegimes }),
  curve(12, 'BERT, STS-B', { file: 'bert-sts-b', regimes: paperRegimes }),
  curve(13, 'PBEE, ViT-T, CIFAR-100', { file: 'vit-t-cifar100', rule: 'patience' }),
  curve(14, 'GPF, ViT-T, CIFAR-100', { file: 'vit-t-cifar100-gpf' }),
  curve(15, 'Normalised entropy, ViT-T, CIFAR-100', { file: 'vit-t-cifar100', rule: 'entropy' }),
  curve(16, 'ViT-B, pre-trained, CIFAR-100', { file: 'vit-b-cifar100' }),
  curve(17, 'ViT-S, ImageNet-1k', { file: 'vit-s-imagenet' }),
]
