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
