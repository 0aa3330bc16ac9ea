import type { OnnxNode } from '../../../onnx-file/model.ts'
import type { Known } from './known.ts'
import { GraphProblem } from './problem.ts'
import type { Shape } from './shapes.ts'

export type ElementName = 'float32' | 'int32' | 'bool'

/** Names of onnx.proto's data types, whole numbers all alike. */
export const typeNames: Readonly<Record<number, ElementName>> = {
  1: 'float32',
  2: 'int32',
  3: 'int32',
  5: 'int32',
  6: 'int32',
  7: 'int32',
  9: 'bool',
  10: 'float32',
  11: 'float32',
}

/** A value of a graph for one number of samples. */
export interface Value {
  shape: Shape
  type: ElementName
  /** Numbers that are known before anything runs. */
  known?: ArrayLike<number>
  /** Name of the array of the network that it is. */
  array?: string
}

export const isLive = (value: Value | undefined): value is Value => value !== undefined && value.known === undefined

/** The known numbers of an operand. @throws GraphProblem where they depend on the samples. */
export function knownOf(value: Value | undefined, what: string): Known {
  if (value?.known === undefined)
    throw new GraphProblem(`${what} depends on the samples`, 'Rewrite that part of the network with fixed sizes.')
  return { shape: value.shape, data: value.known }
}

export const numbers = (value: Value | undefined, what: string): number[] => Array.from(knownOf(value, what).data)

/** Attributes of a node, by name and default. */
export const intOf = ({ attributes }: OnnxNode, name: string, otherwise: number) => attributes[name]?.int ?? otherwise
export const floatOf = ({ attributes }: OnnxNode, name: string, otherwise: number) =>
  attributes[name]?.float ?? otherwise
export const intsOf = ({ attributes }: OnnxNode, name: string, otherwise: readonly number[]) =>
  attributes[name]?.ints ?? otherwise
export const textOf = ({ attributes }: OnnxNode, name: string, otherwise: string) => attributes[name]?.text ?? otherwise
