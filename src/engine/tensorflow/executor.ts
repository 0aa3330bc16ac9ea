import type { Precision } from '../../shared/experiment/precision.ts'
import type { Attribute } from './attribute.ts'

/** Metadata of an output for tfjs. */
export interface TensorMetadata {
  id: number
  shape: number[]
  dtype: number
}

/** The part of tfjs's binding that depends on the mode: eager execution or tracing. */
export interface Executor {
  /** What operations may compute in; absent: float32. */
  readonly precision?: Precision | undefined
  /** Whether other programs are to run the operations; absent: TensorFlow alone does. */
  readonly isRecording?: boolean | undefined
  createTensor(shape: readonly number[], dtype: number, values: ArrayLike<number> | ArrayBufferView): number
  deleteTensor(id: number): void
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array
  executeOp(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorMetadata[]
}
