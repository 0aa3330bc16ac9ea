/** The part of a network that owns a parameter: the first one or two words of its name (`blocks.3`, `heads.0`, `stem`, `pos_embedding`). */
export function partOf(parameterName: string): string {
  const [first, second] = parameterName.split('.') as [string, string | undefined]
  return first === 'blocks' || first === 'heads' ? `${first}.${second}` : first
}

/** Whether a part leads to one exit alone: its head; of the last one the classifier, with a transformer's normalisation before it. */
export function isOfOneExit(part: string): boolean {
  return part.startsWith('heads.') || part === 'classifier' || part === 'norm'
}
