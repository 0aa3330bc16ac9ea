import type { Initialiser } from './initialisers.ts'
import type { AxisUnits, Layer, ParameterSpec } from './layer.ts'

interface ParameterOptions {
  shape: readonly number[]
  init: Initialiser
  /** Units of each axis in turn; undefined where no permutation acts. */
  units?: readonly (AxisUnits | undefined)[]
  kind?: ParameterSpec['kind']
  role?: ParameterSpec['role']
  layout?: ParameterSpec['layout']
}

/** Describes one named array of a layer: a group of its own until `inGroup` says another. */
export function parameter(name: string, options: ParameterOptions): ParameterSpec {
  const { shape, init, units = [], kind = 'parameter', layout = 'plain', role } = options
  const length = elements(shape)
  const axes = units.flatMap((each, axis) => segments(each).map((segment) => ({ axis, ...segment })))
  return { name, group: name, shape, kind, ...(role && { role }), layout, init: (source) => init(length, source), axes }
}

/** Whether it is a running mean or variance of a batch norm. */
export const isStatistic = ({ kind, role }: ParameterSpec): boolean => kind === 'buffer' && role === 'norm'

/** Whether nothing trains or measures it, as masks and tables of positions. */
export const isFixed = ({ kind, role }: ParameterSpec): boolean => kind === 'buffer' && role !== 'norm'

/** The layer with all its parameters in one group. */
export function inGroup<Part extends Pick<Layer, 'parameters'>>(group: string, layer: Part): Part {
  return { ...layer, parameters: layer.parameters.map((each) => ({ ...each, group })) }
}

/** Units of an axis on which each entry of `units` has become `count` neighbouring ones. */
export function repeated(units: AxisUnits | undefined, count: number): AxisUnits {
  return segments(units).map(({ repeat = 1, ...rest }) => ({ ...rest, repeat: repeat * count }))
}

const segments = (units: AxisUnits | undefined) => (units === undefined ? [] : [units].flat())

/** Number of entries of an array of this shape. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}
