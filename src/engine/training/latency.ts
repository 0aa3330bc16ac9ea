import type { BatchLatency } from '../../shared/evaluation/latency.ts'
import type { Network } from '../networks/network.ts'
import { segmentsOf } from '../networks/segments.ts'
import { tf, traced, type State, type StateScope, type TensorRecord } from '../tf.ts'
import { tensorsOf } from './batch.ts'
import { madeUpBatch } from './calibrate.ts'
import { evaluationContext } from './evaluate.ts'
import { withDisposables } from './with-disposables.ts'

interface LatencyOptions {
  state: State
  batchSize: number
  /** Milliseconds. */
  now(): number
}

/** Number of warm-up rounds and bounds of the number of measured rounds: as many as fit into the time. */
const warmUp = 5
const [fewest, most, milliseconds] = [30, 300, 10_000]

/**
 * Times a network in evaluation mode on made-up samples (method 6.4): each round runs its segments one after the other, as a program
 * that leaves early does, and reads the logits of each, then the bare backbone in one go. So all exits see the machine in the same
 * states.
 */
export async function measureLatency(
  network: Network,
  { state, batchSize, now }: LatencyOptions,
): Promise<BatchLatency> {
  const inputs = tensorsOf(madeUpBatch(network.spec, batchSize).inputs)
  const round = createRound(network, { state, inputs, now })
  return withDisposables([round, { dispose: () => tf.dispose(inputs) }], async () => {
    for (let count = 0; count < warmUp; count++) await round.run()
    const rounds: Round[] = []
    const began = now()
    while (rounds.length < fewest || (rounds.length < most && now() - began < milliseconds))
      rounds.push(await round.run())
    return {
      batchSize,
      rounds: rounds.length,
      backbone: spreadOf(rounds.map(({ backbone }) => backbone)),
      exits: network.exits.map(({ exit }) => spreadOf(rounds.map(({ exits }) => exits[exit]!))),
    }
  })
}

/** Milliseconds up to each exit, and of the bare backbone. */
interface Round {
  exits: number[]
  backbone: number
}

interface Timed {
  state: State
  inputs: TensorRecord
  now(): number
}

function createRound(network: Network, { state, inputs, now }: Timed) {
  const segments = segmentsOf(network).map(({ exit, run }) => ({
    logits: `logits.${exit}`,
    part: traced(
      'segment',
      (values: TensorRecord, scope: StateScope) => run(evaluationContext(scope), values) as TensorRecord,
    ),
  }))
  const final = network.exits.length - 1
  const backbone = traced('backbone', (values: TensorRecord, scope: StateScope) => ({
    logits: network.forward(evaluationContext(scope), values, { exits: [final] })[final]!,
  }))

  async function timeSegments(): Promise<number[]> {
    const made: TensorRecord[] = []
    const times: number[] = []
    const start = now()
    for (const { part, logits } of segments) {
      const results = await part.run(Object.assign({}, inputs, ...made) as TensorRecord, state)
      made.push(results)
      await results[logits]!.data()
      times.push(now() - start)
    }
    tf.dispose(made)
    return times
  }

  async function timeBackbone(): Promise<number> {
    const start = now()
    const { logits } = await backbone.run(inputs, state)
    await logits!.data()
    const time = now() - start
    tf.dispose(logits!)
    return time
  }

  return {
    run: async (): Promise<Round> => ({ exits: await timeSegments(), backbone: await timeBackbone() }),
    dispose: () => [...segments.map(({ part }) => part), backbone].forEach((each) => each.dispose()),
  }
}

/** Median (of an even number the mean of the middle two) and the time that 95 % of the rounds do not exceed. */
function spreadOf(times: readonly number[]): { median: number; p95: number } {
  const sorted = times.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const median = (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2
  return { median, p95: sorted[Math.ceil(0.95 * sorted.length) - 1]! }
}
