import type { OperationView } from '../operation-view.ts'

/** Writes one operation. */
export type Operator = (operation: OperationView) => void

/** Attributes of ONNX. */
export const ints = (values: readonly number[]) => ({ ints: values })
export const int = (value: number) => ({ int: value })

export const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)
