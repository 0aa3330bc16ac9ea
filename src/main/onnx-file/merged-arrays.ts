import type { OnnxModel, OnnxTensor } from './model.ts'

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
