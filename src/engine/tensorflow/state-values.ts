import { ExitlabError } from '../../shared/basics/error.ts'

/** Named float32 arrays with their shapes. */
export type StateValues = Record<string, { shape: readonly number[]; values: Float32Array }>

/** @throws ExitlabError `internal` where an array does not fill its shape. */
export function checkSize(name: string, shape: readonly number[], values: Float32Array): void {
  const size = shape.reduce((product, length) => product * length, 1)
  if (size === values.length) return
  throw new ExitlabError('internal', `State ${name}: shape [${shape}] holds ${size} values, got ${values.length}`)
}

/** The entry of that name. */
export function entryOf<T>(entries: ReadonlyMap<string, T>, name: string): T {
  const entry = entries.get(name)
  if (entry !== undefined) return entry
  const names = [...entries.keys()]
  const some = names.slice(0, 8).join(', ') || 'none'
  throw new ExitlabError('internal', `State has no array ${name}; it has ${some}${names.length > 8 ? ', …' : ''}`)
}

/** Text that is equal for states of equal names and shapes. */
export function signatureOf(values: StateValues): string {
  return Object.entries(values)
    .map(([name, { shape }]) => `${name}[${shape}]`)
    .join(' ')
}
