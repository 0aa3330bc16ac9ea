import { cpus } from 'node:os'
import type { BatchLatency } from '../../../shared/evaluation/latency.ts'
import type { DeviceReport } from '../../../shared/phases/device.ts'
import { createModelState, createNetwork, measureLatency, withDisposables } from '../../../engine/index.ts'
import { readWeights } from '../checkpoints/codec.ts'
import type { Job } from './job.ts'

/** Times a trained network. */
export const latency: Job<'latency'> = async ({ network: spec, checkpoint, batchSizes }, { tensorFlow }) => {
  const weights = await readWeights(checkpoint)
  const { device } = tensorFlow()
  const network = createNetwork(spec)
  const state = createModelState(network, weights)
  const batches: BatchLatency[] = []
  await withDisposables([state], async () => {
    for (const batchSize of batchSizes) {
      batches.push(await measureLatency(network, { state, batchSize, now: () => performance.now() }))
    }
  })
  return { type: 'latency-measured', machine: machineOf(device), batches }
}

/** `AMD EPYC 7B13, 2 threads` */
function machineOf({ kind, name, threads }: DeviceReport): string {
  const processor = kind === 'gpu' ? name : cpus()[0]?.model.trim() || process.arch
  return `${processor}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`
}
