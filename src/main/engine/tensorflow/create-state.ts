import { createReferenceState } from './reference-state.ts'
import { createResourceState } from './resource-state.ts'
import { nativeRuntime } from './runtime.ts'
import type { StateValues } from './state-values.ts'
import { checkSize } from './state-values.ts'
import type { State } from './state.ts'

/** Puts named arrays into state of the backend in use. The caller disposes of it. */
export function createState(values: StateValues): State {
  for (const [name, { shape, values: array }] of Object.entries(values)) checkSize(name, shape, array)
  const runtime = nativeRuntime()
  return runtime ? createResourceState(runtime, values) : createReferenceState(values)
}
