import type { Pointer } from './c-api.ts'

/** The TensorFlow that a process has open, as its other threads can use it: plain data that can be sent to them. */
export interface SharedTensorFlow {
  libraryFolder: string
  /** Its context: any thread may execute operations in it. */
  context: Pointer
}
