import { readFile } from 'node:fs/promises'
import type { Preset } from '../../../contract/experiments.ts'

const folder = new URL('../../../../examples/', import.meta.url)

const three = 'disjoint, joint and mixed, three seeds. Requires a GPU.'
const seven = 'seven regimes, three seeds. A GPU is recommended.'

/** The examples by their files, in the order of presentation: first those for new users, then the settings of the paper. */
const examples = [
  {
    name: 'quickstart',
    title: 'Quick start',
    sentence:
      'One small network with four exits, in three ways (disjoint, joint and mixed), on Fashion-MNIST. Less than three minutes on two cores.',
  },
  {
    name: 'sweep',
    title: 'Sweep of learning rates',
    sentence:
      'Disjoint, joint and mixed at three learning rates, three seeds each, with calibration samples for a guarantee; ten minutes on two cores.',
  },
  {
    name: 'resnet20-fashion-mnist',
    title: 'ResNet-20, Fashion-MNIST',
    sentence: 'Disjoint, joint and mixed with three seeds each; about an hour on two cores.',
  },
  {
    name: 'own-regimes-vit',
    title: 'Regimes of one’s own, small ViT',
    sentence:
      'Joint and mixed beside six own lists of phases (self-distillation, SGD, …), five seeds each; half an hour on two cores.',
  },
  {
    name: 'own-regimes-resnet20',
    title: 'Regimes of one’s own, ResNet-20',
    sentence: 'The same eight regimes on a ResNet-20, five seeds each; two hours on two cores.',
  },
  {
    name: 'minilm-fortunes',
    title: 'MiniLM-L6, fortunes',
    sentence:
      'Topics of short texts: disjoint, joint and mixed from pre-trained weights, three seeds; more than an hour on two cores.',
  },
  {
    name: 'paper/resnet34-cifar100',
    title: 'ResNet-34, CIFAR-100',
    sentence: `Table 8: ${seven}`,
  },
  { name: 'paper/msdnet-cifar100', title: 'MSDNet, CIFAR-100', sentence: `Table 9: ${seven}` },
  {
    name: 'paper/vit-t-cifar100',
    title: 'ViT-T, CIFAR-100',
    sentence: `Tables 10, 15 and 17: ${seven}`,
  },
  {
    name: 'paper/vit-t-cifar100-gpf',
    title: 'ViT-T with GPF, CIFAR-100',
    sentence: `Table 16: ${three}`,
  },
  {
    name: 'paper/vit-b-cifar100',
    title: 'ViT-B pre-trained, CIFAR-100',
    sentence: `Tables 4 and 18: ${three}`,
  },
  {
    name: 'paper/resnet50-tinyimagenet',
    title: 'ResNet-50, TinyImageNet',
    sentence: `Table 11: ${three}`,
  },
  {
    name: 'paper/resnet50-tinyimagenet-placement',
    title: 'Placement of exits, ResNet-50',
    sentence: `Table 7: seven placements, ${three}`,
  },
  {
    name: 'paper/resnet50-tinyimagenet-weighting',
    title: 'Weighting of losses, ResNet-50',
    sentence: 'Tables 5 and 19: joint and mixed, three seeds. Requires a GPU.',
  },
  {
    name: 'paper/resnet50-tinyimagenet-equilibrium',
    title: 'Gradient equilibrium, ResNet-50',
    sentence: 'Rows GE of tables 5 and 19: joint and mixed, three seeds. Requires a GPU.',
  },
  {
    name: 'paper/vit-t-tinyimagenet-heads',
    title: 'Size of heads, ViT-T, TinyImageNet',
    sentence: `Table 6: three heads, ${three}`,
  },
  {
    name: 'paper/vit-t-imagenette-heads',
    title: 'Size of heads, ViT-T, Imagenette',
    sentence: `Table 20: three heads, ${three}`,
  },
  {
    name: 'paper/vit-t-imagenet',
    title: 'ViT-T, ImageNet-1k',
    sentence: `Table 12: ${three}`,
  },
  {
    name: 'paper/vit-s-imagenet',
    title: 'ViT-S, ImageNet-1k',
    sentence: `Table 1: ${three}`,
  },
  {
    name: 'paper/bert-newsgroups',
    title: 'BERT-B, 20 Newsgroups',
    sentence: `Tables 2 and 13: ${seven}`,
  },
  {
    name: 'paper/bert-sts-b',
    title: 'BERT-B, STS-B',
    sentence: `Tables 2 and 14, a regression: ${seven}`,
  },
  {
    name: 'paper/resnet20-cifar10',
    title: 'ResNet-20, CIFAR-10',
    sentence: 'Figures 3 and 6: disjoint, joint and mixed, three seeds. A GPU is recommended.',
  },
] as const satisfies Omit<Preset, 'source'>[]

export function readPresets(): Promise<Preset[]> {
  return Promise.all(
    examples.map(async (example) => ({
      ...example,
      source: await readFile(new URL(`${example.name}.yaml`, folder), 'utf8'),
    })),
  )
}
