import type { OnnxModel, OnnxTensor } from './model.ts'

/** Key under which PyTorch's newer exporter notes the modules of a node. */
const scopesKey = 'pkg.torch.onnx.name_scopes'

/**
 * PyTorch's name of the module that a node belongs to. The older exporter writes its way into the node's name,
 * `/layer1/layer1.0/conv1/Conv`, where children that are numbered carry the name of their parent; the newer one as full names into the
 * metadata, `['', 'layer1', 'layer1.0', 'layer1.0.conv1', 'conv2d']`.
 */
export function moduleOf(name: string, metadata: Readonly<Record<string, string>>): string {
  const scopes = metadata[scopesKey]
  if (scopes !== undefined) return Array.from(scopes.matchAll(/'([^']*)'/g), ([, scope]) => scope!).at(-2) ?? ''
  if (!name.startsWith('/')) return ''
  let [module, parent] = ['', '']
  for (const scope of name.split('/').slice(1, -1)) {
    const isNumbered = parent !== '' && scope.startsWith(`${parent}.`)
    module = isNumbered ? module + scope.slice(parent.length) : [module, scope].filter(Boolean).join('.')
    parent = scope
  }
  return module
}

/** Names that exporters make: of constants, and of arrays that they have changed. */
export const isGenerated = (name: string): boolean => /::|^_?val_|^\/|^Constant|^\d+$/i.test(name)

/**
 * Exports in evaluation mode keep one array for several of equal values, and name the others as copies of it: each is an array of its
 * own again.
 */
export function separated({ nodes, initialisers }: Pick<OnnxModel, 'nodes' | 'initialisers'>): OnnxTensor[] {
  return nodes.flatMap(({ operator, inputs, outputs: [name] }) => {
    const kept = operator === 'Identity' ? initialisers.get(inputs[0]!) : undefined
    return kept && !isGenerated(name!) ? [{ ...kept, name: name! }] : []
  })
}
