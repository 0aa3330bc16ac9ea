import type { Targets } from '../../../../shared/evaluation/evaluation.ts'
import type { Precision } from '../../../../shared/experiment/precision.ts'
import type { ParameterSpec } from '../../../../engine/layers/layer.ts'
import { elements } from '../../../../engine/layers/parameter.ts'
import type { Network } from '../../../../engine/networks/index.ts'
import { createState, tf, traced } from '../../../../engine/tf.ts'
import type { State, StateScope, StateValues, TensorRecord } from '../../../../engine/tf.ts'
import { filledUp, tensorsOf, type EvaluationBatches } from '../../../../engine/training/batch.ts'
import { withDisposables } from '../../../../engine/training/with-disposables.ts'
import { evaluationContext } from '../../../../engine/training/evaluate.ts'
import { taskOf } from '../../../../engine/tasks/index.ts'
import { landscapeAxes, type Directions, type LandscapeAxis } from './directions.ts'
import type { EngineArrays } from '../../../../engine/matching/permute-units.ts'

interface LandscapeSurveyOptions {
  network: Network
  arrays: EngineArrays
  /** Parameters that the directions move. */
  moved: readonly ParameterSpec[]
  batches: EvaluationBatches
  precision: Precision
}

/** Looks at a network around its weights θ, along two directions δ and η. */
export interface LandscapeSurvey {
  /** Takes these directions from here on. */
  turn(directions: Directions): void
  /** Mean cross-entropy (nats) of each exit on the images at θ + α·δ + β·η. Default precision: that of the survey. */
  lossesAt(alpha: number, beta: number, precision?: Precision): Promise<number[]>
}

/** Does some work with a survey, and disposes of it. Until it is turned, both directions are 0. */
export async function surveyingLandscape<T>(
  { network, arrays, moved, batches, precision: usual }: LandscapeSurveyOptions,
  work: (survey: LandscapeSurvey) => Promise<T>,
): Promise<T> {
  const state = createState({ ...arrays, ...directionsAtRest(moved) })
  const images = createDeviceImages(batches)
  const passes = { float32: createPass(network, moved, 'float32'), bfloat16: createPass(network, moved, 'bfloat16') }
  const survey: LandscapeSurvey = {
    turn(directions) {
      for (const axis of landscapeAxes) {
        for (const [name, values] of Object.entries(directions[axis])) state.write(stateName(axis, name), values)
      }
    },
    async lossesAt(alpha, beta, precision = usual) {
      const point = { alpha: tf.scalar(alpha), beta: tf.scalar(beta) }
      const task = taskOf(network.spec)
      const meter = task.createMeter({ exitCount: network.exits.length, width: network.spec.classes })
      try {
        for (let index = 0; index < images.batchCount; index++) {
          await images.with(index, async (batch) =>
            meter.add(await passes[precision].logits({ ...point, ...batch.inputs }, state), batch.targets),
          )
        }
      } finally {
        tf.dispose(point)
      }
      return meter.values().map((values) => values[task.info.loss]!)
    },
  }
  return withDisposables([images, passes.float32, passes.bfloat16, state], () => work(survey))
}

const stateName = (axis: LandscapeAxis, parameter: string) => `${axis}/${parameter}`

function directionsAtRest(moved: readonly ParameterSpec[]): StateValues {
  const entries = landscapeAxes.flatMap((axis) =>
    moved.map(({ name, shape }) => [stateName(axis, name), { shape, values: new Float32Array(elements(shape)) }]),
  )
  return Object.fromEntries(entries)
}

/** The network around its weights, as one TensorFlow function of the network's inputs, α and β; weights and directions are its state. */
function createPass(network: Network, moved: readonly ParameterSpec[], precision: Precision) {
  const body = ({ alpha, beta, ...inputs }: TensorRecord, state: StateScope) => {
    const coefficients = { delta: alpha!, eta: beta! }
    const movedValue = (name: string) =>
      tf.addN([
        state.value(name),
        ...landscapeAxes.map((axis) => tf.mul(state.value(stateName(axis, name)), coefficients[axis])),
      ])
    const values = new Map(moved.map(({ name }) => [name, movedValue(name)]))
    const value = (name: string) => values.get(name) ?? state.value(name)
    const logits = network.forward(evaluationContext({ value }), inputs)
    return { logits: tf.stack(logits.map((each) => each!)) }
  }
  const forward = traced('loss-landscape', body, precision)
  return {
    /** [exits, images, classes] */
    async logits(inputs: TensorRecord, state: State): Promise<Float32Array> {
      const { logits } = await forward.run(inputs, state)
      const values = await logits!.data()
      logits!.dispose()
      return values as Float32Array
    },
    dispose: () => forward.dispose(),
  }
}

/** A batch whose inputs are on the device: [size of a full batch, …], padded with empty samples after the labelled ones. */
interface DeviceBatch {
  inputs: TensorRecord
  targets: Targets
}

/** Samples that are used repeatedly. */
interface DeviceImages {
  batchCount: number
  /** Calls a function with a batch, which is freed afterwards. */
  with<T>(index: number, work: (batch: DeviceBatch) => Promise<T>): Promise<T>
  dispose(): void
}

/** Samples of a split that stay on the device after their first use, up to `keptBytes`; the others are copied each time. */
export function createDeviceImages(
  batches: EvaluationBatches,
  { keptBytes = 2 ** 30 }: { keptBytes?: number } = {},
): DeviceImages {
  const kept = new Map<number, DeviceBatch>()
  let fullSize = 0
  let room = keptBytes

  async function load(index: number): Promise<DeviceBatch> {
    const batch = await batches.batch(index)
    fullSize ||= batch.size
    return { inputs: onDevice(tensorsOf(filledUp(batch, fullSize).inputs)), targets: batch.targets }
  }

  return {
    batchCount: batches.batchCount,
    async with(index, work) {
      const found = kept.get(index)
      if (found) return work(found)
      const batch = await load(index)
      const bytes = Object.values(batch.inputs).reduce((sum, { size }) => sum + 4 * size, 0)
      if (bytes <= room) {
        room -= bytes
        kept.set(index, batch)
        return work(batch)
      }
      try {
        return await work(batch)
      } finally {
        tf.dispose(batch.inputs)
      }
    },
    dispose() {
      for (const { inputs } of kept.values()) tf.dispose(inputs)
      kept.clear()
    },
  }
}

/** Tensors from host values stay on the host and are copied at each use; outputs of an operation stay on its device. */
function onDevice(values: TensorRecord): TensorRecord {
  const moved = tf.tidy(() =>
    Object.fromEntries(Object.entries(values).map(([name, each]) => [name, tf.mul(each, tf.scalar(1, each.dtype))])),
  )
  tf.dispose(values)
  return moved
}
