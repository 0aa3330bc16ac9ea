/** The part of the network that an operation belongs to: `stem`, `blocks.3`, `heads.0`, `classifier`. */
export const partOf = ({ module }: { module: string }): string =>
  /^(?:blocks|heads)\.\d+|^[^.]+/.exec(module)?.[0] ?? module

/** `block 3`, `head of exit 0` */
export function partTitle(part: string): string {
  const [kind, index] = part.split('.')
  if (kind === 'blocks') return `block ${index}`
  if (kind === 'heads') return `head of exit ${index}`
  return part.replaceAll('_', ' ')
}
