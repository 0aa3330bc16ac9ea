import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { trainerLaunch } from '../../src/main/execution/trainer-pool/trainer-launch.ts'
import type { TrainerPlace } from '../../src/main/execution/trainer-pool/trainer-pool.ts'
import type { DeviceReport } from '../../src/shared/phases/device.ts'
import type { Precision } from '../../src/shared/experiment/precision.ts'
import { decodeSafetensors } from '../../src/shared/safetensors/safetensors.ts'
import type { BenchCaseName } from '../bench/cases.ts'
import { measure } from '../bench/measure.ts'

export interface StepsRequest {
  name: BenchCaseName
  batchSize: number
  precision: Precision
  /** Whose losses are reported. */
  steps: number
  timedSteps: number
  /** State to go on from; null: initial weights. */
  from: string | null
  /** File of the state after the first step. */
  to: string
}

export interface Steps {
  device: DeviceReport
  /** Sum of the exits' losses at each step. */
  losses: number[]
  /** Of weights and moments after the last of them. */
  sha256: string
  msPerStep: number | null
  /** That the process took of the card; null: on the processor, or nvidia-smi does not tell. */
  cardMemoryMb: number | null
}

interface Place extends Omit<TrainerPlace, 'threads'> {
  /** Ends the process. */
  signal?: AbortSignal
}

/** Runs steps in a process that is started as a trainer is. */
export function measureSteps(request: StepsRequest, { signal, ...place }: Place): Promise<Steps> {
  const { environment } = trainerLaunch({ environment: process.env, threads: availableParallelism(), ...place })
  const program = fileURLToPath(new URL('steps.ts', import.meta.url))
  const args = ['--disable-warning=ExperimentalWarning', program, JSON.stringify(request)]
  return measure<Steps>(process.execPath, args, { env: { ...process.env, ...environment }, signal })
}

/** First moments after one step, which are the gradients of that step but for a factor. */
export function gradientsIn(file: string): Record<string, Float32Array> {
  const { arrays } = decodeSafetensors(readFileSync(file), file)
  const moments = Object.entries(arrays).filter(([name]) => name.endsWith('.exp_avg'))
  return Object.fromEntries(moments.map(([name, { values }]) => [name, values as Float32Array]))
}

export const stateFile = (folder: string, name: string) => join(folder, `${name.replaceAll(' ', '-')}.safetensors`)
