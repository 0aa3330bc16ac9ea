import { ExitlabError } from '../../shared/basics/error.ts'
import type { Precision } from '../../shared/experiment/precision.ts'
import { runExclusively } from './exclusive.ts'
import type { Runtime } from './runtime.ts'
import { openRuntime } from './runtime.ts'
import type { OpenState, State } from './state.ts'
import type { TensorRecord } from './tfjs.ts'
import type { Body, TensorFlowFunction } from './trace.ts'
import { traceFunction } from './trace.ts'

/** A function of tensors and state. */
interface TracedFunction {
  /**
   * Computes the outputs, which the caller disposes of, and changes `state`. Inputs must live until the promise settles.
   * Calls of all functions run one after the other. After an error the state may hold some of the updates.
   */
  run(inputs: TensorRecord, state?: State): Promise<TensorRecord>
  /** Forgets the compiled function. */
  dispose(): void
}

let functionCount = 0

/**
 * Makes `body` one TensorFlow function: traced once per shapes and types of inputs and state, run off the event loop.
 * The body must be a pure function of its inputs and state that asks for no values, and uses no tensors from outside;
 * what it makes from host values becomes constants. With `bfloat16` the operations of mixed-precision.ts compute in that;
 * inputs, outputs and state stay float32.
 */
export function traced(name: string, body: Body, precision: Precision = 'float32'): TracedFunction {
  const functions = new Map<string, TensorFlowFunction>()

  function compile(runtime: Runtime, inputs: TensorRecord, state: OpenState | undefined): TensorFlowFunction {
    const key = `${signatureOf(inputs)} | ${state?.signature ?? ''}`
    let found = functions.get(key)
    if (!found) {
      const stateShape = (array: string) => openStateOf(state, name).shape(array)
      found = traceFunction(runtime, { name: `${name}_${++functionCount}`, body, inputs, stateShape, precision })
      functions.set(key, found)
    }
    return found
  }

  async function runTraced(inputs: TensorRecord, state: OpenState | undefined): Promise<TensorRecord> {
    const runtime = openRuntime()
    const { backend, eager } = runtime
    const compiled = compile(runtime, inputs, state)
    const handles = compiled.stateNames.map((array) => openStateOf(state, name).handle(array))
    const ids = [...Object.values(inputs).map(backend.idOf), ...handles]
    const outputs = await eager.executeAsync(compiled.name, ids, compiled.outputNames.length)
    return Object.fromEntries(compiled.outputNames.map((output, index) => [output, backend.wrap(outputs[index]!)]))
  }

  return {
    run: (inputs, state) => runExclusively(() => runTraced(inputs, state as OpenState | undefined)),
    dispose() {
      for (const compiled of functions.values()) compiled.dispose()
      functions.clear()
    },
  }
}

function openStateOf(state: OpenState | undefined, name: string): OpenState {
  if (state) return state
  throw new ExitlabError('internal', `Traced function ${name} uses state, but none was given to run`)
}

/** Text that is equal for inputs of equal names, types and shapes. */
function signatureOf(inputs: TensorRecord): string {
  return Object.entries(inputs)
    .map(([name, { dtype, shape }]) => `${name}:${dtype}[${shape}]`)
    .join(' ')
}
