import type { OnnxNode } from '../../../../shared/onnx-file/model.ts'
import type { ElementName, Value } from '../graph/graph.ts'
import { GraphProblem } from '../graph/problem.ts'
import { isKnown, type Known } from './known.ts'

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

/** The known numbers of an operand. @throws GraphProblem where they depend on the samples. */
export function knownOf(value: Value | undefined, what: string): Known {
  if (isKnown(value)) return value
  throw new GraphProblem(`${what} depends on the samples`, 'Rewrite that part of the network with fixed sizes.')
}

export const numbers = (value: Value | undefined, what: string): number[] => Array.from(knownOf(value, what).known)

/** Attributes of a node, by name and default. */
export const intOf = ({ attributes }: OnnxNode, name: string, otherwise: number) => attributes[name]?.int ?? otherwise
export const floatOf = ({ attributes }: OnnxNode, name: string, otherwise: number) =>
  attributes[name]?.float ?? otherwise
export const intsOf = ({ attributes }: OnnxNode, name: string, otherwise: readonly number[]) =>
  attributes[name]?.ints ?? otherwise
export const textOf = ({ attributes }: OnnxNode, name: string, otherwise: string) => attributes[name]?.text ?? otherwise
