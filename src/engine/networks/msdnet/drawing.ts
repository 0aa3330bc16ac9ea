import { upTo } from '../exit-placement.ts'
import { outputsOf, type NetworkPicture } from '../family.ts'
import { paddedShape } from '../image-shape.ts'
import { modulesOf, type Module } from './modules.ts'
import type { MsdnetSpec } from './schema.ts'

/** A grid: a column for each module, a row for each scale, the coarsest, behind which exits sit, last. */
export function draw(spec: MsdnetSpec, title: string): NetworkPicture {
  const { growthFactors, classes } = spec
  const [height, width, channels] = paddedShape(spec)
  const modules = modulesOf(spec)
  const coarsest = growthFactors.length - 1
  // Half as long from scale to scale, rounded up.
  const sizeAt = (scale: number) => [height, width].map((length) => Math.ceil(length / 2 ** scale)).join('×')
  const blocks = modules.flatMap((module, block) =>
    upTo(module.finest, coarsest).map((scale) => ({
      id: nodeId(block, scale, modules, coarsest),
      kind: 'block' as const,
      column: block,
      row: scale,
      block: scale === coarsest ? block : null,
      label: scale === coarsest ? `block ${block}` : sizeAt(scale),
      detail: `${module.channels * growthFactors[scale]!} ch`,
    })),
  )
  const last = `blocks.${modules.length - 1}`
  const classifier = { id: 'classifier', kind: 'classifier' as const, block: null, label: 'classifier' }
  return {
    title: `${title} · ${modules.length} blocks, ${growthFactors.length} scales`,
    input: [height, width, channels].join(' × '),
    nodes: [...blocks, { ...classifier, detail: outputsOf(classes), column: modules.length, row: coarsest }],
    edges: [...modules.flatMap((_, block) => edgesOf(block, modules, coarsest)), { from: last, to: classifier.id }],
  }
}

/** Prefix of the names of the modules that compute the map. */
function nodeId(block: number, scale: number, modules: readonly Module[], coarsest: number): string {
  const { kind, finest } = modules[block]!
  if (scale === coarsest) return `blocks.${block}`
  return `blocks.${block}.${kind === 'layer' ? 'normal' : 'scales'}.${scale - finest}`
}

/** Into the maps of a module: from the same scale and, but for transitions, the finer one, of the module before; in the first layer from the finer one beside it. */
function edgesOf(block: number, modules: readonly Module[], coarsest: number): NetworkPicture['edges'] {
  const { kind, finest } = modules[block]!
  const id = (at: number, scale: number) => nodeId(at, scale, modules, coarsest)
  return upTo(finest, coarsest).flatMap((scale) => {
    const to = id(block, scale)
    if (kind === 'first') return scale === 0 ? [] : [{ from: id(block, scale - 1), to }]
    const finer = kind === 'layer' && scale > modules[block - 1]!.finest ? [{ from: id(block - 1, scale - 1), to }] : []
    return [{ from: id(block - 1, scale), to }, ...finer]
  })
}
