/** A network as one word in a list; its own sizes come after it. */
export interface NetworkChoice {
  value: string
  label: string
  /** Keys that make it, head and exits aside. */
  keys: Record<string, unknown>
}

const resnet = (variant: string, label: string): NetworkChoice => ({
  ...{ value: variant, label },
  keys: { family: 'resnet', variant },
})
const vit = (variant: string, label: string): NetworkChoice => ({
  ...{ value: variant, label },
  keys: { family: 'vit', variant },
})

export const ownResnet = 'resnet'

export const networkChoices: readonly NetworkChoice[] = [
  {
    value: ownResnet,
    label: 'ResNet (custom)',
    keys: { family: 'resnet', blockCounts: [3, 3, 3], widths: [16, 32, 64] },
  },
  resnet('resnet18', 'ResNet-18'),
  resnet('resnet34', 'ResNet-34'),
  resnet('resnet50', 'ResNet-50'),
  resnet('resnet101', 'ResNet-101'),
  resnet('resnet152', 'ResNet-152'),
  vit('vit-t-cifar', 'ViT-T (CIFAR)'),
  vit('vit-t', 'ViT-T'),
  vit('vit-s', 'ViT-S'),
  vit('vit-b', 'ViT-B'),
]

/** Which of them a file's network is; null where it is none that is known. */
export function chosenNetwork(network: unknown): string | null {
  if (typeof network !== 'object' || network === null) return null
  const { family, variant } = network as Record<string, unknown>
  const found = networkChoices.find(({ keys }) => keys.family === family && keys.variant === variant)
  if (found !== undefined) return found.value
  return family === 'vit' && variant === undefined ? 'vit-t-cifar' : null
}

/** The network section for a choice. The head stays where the new family has it, exits go: they name blocks of the old network. */
export function networkOf(choice: string, before: unknown): Record<string, unknown> {
  const { keys } = networkChoices.find(({ value }) => value === choice)!
  const { family, head } = (typeof before === 'object' && before !== null ? before : {}) as Record<string, unknown>
  return { ...keys, ...(head !== undefined && family === keys.family ? { head } : {}) }
}
