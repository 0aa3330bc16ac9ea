import { readFile } from 'node:fs/promises'
import type { Preset } from '../../../shared/contract/experiments.ts'

const folder = new URL('../../../../examples/', import.meta.url)

/** The examples, in the order of presentation: first those for new users, then the settings of the paper. */
const examples = [
  {
    name: 'quickstart',
    title: 'Quick start',
    sentence: 'Disjoint, joint and mixed on Fashion-MNIST in under three minutes on two cores.',
  },
  {
    name: 'resnet20-fashion-mnist',
    title: 'ResNet-20, Fashion-MNIST',
    sentence: 'Disjoint, joint and mixed with three seeds each; about an hour on two cores.',
  },
  {
    name: 'resnet34-cifar100',
    title: 'ResNet-34, CIFAR-100',
    sentence: 'Table 8 of the paper: seven regimes, three seeds. A GPU is recommended.',
  },
  {
    name: 'msdnet-cifar100',
    title: 'MSDNet, CIFAR-100',
    sentence: 'Table 9 of the paper: seven regimes, three seeds. A GPU is recommended.',
  },
  {
    name: 'vit-t-cifar100',
    title: 'ViT-T, CIFAR-100',
    sentence: 'Table 10 of the paper: seven regimes, three seeds. A GPU is recommended.',
  },
  {
    name: 'resnet50-tinyimagenet',
    title: 'ResNet-50, TinyImageNet',
    sentence: 'Table 11 of the paper: three regimes, three seeds. Requires a GPU.',
  },
  {
    name: 'minilm-fortunes',
    title: 'MiniLM-L6, fortunes',
    sentence:
      'Topics of short texts: disjoint, joint and mixed from pre-trained weights, three seeds; some hours on two cores.',
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
