/** The part of a network that owns a parameter: the first one or two words of its name (`blocks.3`, `heads.0`, `stem`, `pos_embedding`). */
export function partOf(parameterName: string): string {
  const [first, second] = parameterName.split('.') as [string, string | undefined]
  return first === 'blocks' || first === 'heads' ? `${first}.${second}` : first
}

/** Whether a part is an exit's head; the final exit's is the classifier. A transformer's last normalisation belongs to the backbone. */
export function isHead(part: string): boolean {
  return part.startsWith('heads.') || part === 'classifier'
}
