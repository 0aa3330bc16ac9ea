import type { Initialiser } from './initialisers.ts'
import type { ParameterSpec, Units } from './layer.ts'

export interface ParameterOptions {
  shape: readonly number[]
  init: Initialiser
  /** Units of each axis in turn; undefined where no permutation acts. */
  units?: readonly (Units | undefined)[]
  kind?: ParameterSpec['kind']
  layout?: ParameterSpec['layout']
}

/** Describes one named array of a layer. */
export function parameter(name: string, options: ParameterOptions): ParameterSpec {
  const { shape, init, units = [], kind = 'parameter', layout = 'plain' } = options
  const length = elements(shape)
  const axes = units.flatMap((each, axis) => (each ? [{ axis, ...each }] : []))
  return { name, shape, kind, layout, init: (source) => init(length, source), axes }
}

/** Number of entries of an array of this shape. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}
