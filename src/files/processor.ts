import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'

export interface Processor {
  /** Its model, or its architecture where that is not known. */
  name: string
  /** The text of /proc/cpuinfo; empty where there is none. */
  info: string
}

/** The processor of this machine. */
export function thisProcessor(): Processor {
  return {
    name: cpus()[0]?.model.trim() || process.arch,
    info: process.platform === 'linux' ? readFileSync('/proc/cpuinfo', 'utf8') : '',
  }
}

/** The processor of this machine, as records of trainings name it. */
export function recordedProcessor(): string {
  const found = thisProcessor()
  const bfloat16 = fastBfloat16(found)
  return bfloat16 === null ? found.name : `${found.name} with ${bfloat16}`
}

/** Instructions for products of bfloat16, by the processor's flag for them; the faster first. */
const bfloat16Instructions = { amx_bf16: 'AMX', avx512_bf16: 'AVX512_BF16' }

/** By what a processor computes bfloat16 faster than float32; null: by nothing, or its text does not say. */
export function fastBfloat16({ info }: Pick<Processor, 'info'>): string | null {
  const flags = /^flags\s*:(.*)$/m.exec(info)?.[1]?.split(/\s+/) ?? []
  return Object.entries(bfloat16Instructions).find(([flag]) => flags.includes(flag))?.[1] ?? null
}
