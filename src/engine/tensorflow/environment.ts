import type { Algorithms } from '../../shared/experiment/algorithms.ts'

/** Environment variables of a trainer process. */
interface TrainerResources {
  /** Threads within one operation. */
  threads: number
  /** The one NVIDIA card to use, as CUDA_VISIBLE_DEVICES names it; null: none. */
  card: string | null
  /** Of the card. */
  algorithms?: Algorithms
  /** Folders of the `nvidia-*` wheels' libraries (`nvidia/cudnn/lib`, …). */
  cudaLibraryFolders?: readonly string[]
}

/** A resumed run ends bit-identical to an uninterrupted one only with algorithms that add in a fixed order. */
const deterministic = {
  TF_DETERMINISTIC_OPS: '1',
  TF_CUDNN_DETERMINISTIC: '1',
  // Float32 products, as on the processor, instead of TF32 with 10 bits of fraction.
  NVIDIA_TF32_OVERRIDE: '0',
}
/** TensorFlow uses TF32 where nothing forbids it. */
const fast = { TF_DETERMINISTIC_OPS: '0', TF_CUDNN_DETERMINISTIC: '0' }

/**
 * Environment variables of a trainer process. TensorFlow reads them at its start, the dynamic loader before, so they must be set
 * when the process is spawned.
 */
export function trainerEnvironment(
  resources: TrainerResources,
  inherited: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const { threads, card, algorithms = 'deterministic', cudaLibraryFolders = [] } = resources
  const environment: Record<string, string> = {
    TF_CPP_MIN_LOG_LEVEL: inherited.TF_CPP_MIN_LOG_LEVEL ?? '2',
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: String(threads),
    OMP_NUM_THREADS: String(threads),
    // Images are decoded, files read and TensorFlow waited for in these.
    UV_THREADPOOL_SIZE: inherited.UV_THREADPOOL_SIZE ?? String(threads + 4),
    // By itself TensorFlow uses oneDNN's kernels only where the processor has instructions for small integers.
    TF_ENABLE_ONEDNN_OPTS: inherited.TF_ENABLE_ONEDNN_OPTS ?? '1',
    CUDA_VISIBLE_DEVICES: card ?? '-1',
  }
  if (card !== null) {
    environment.TF_FORCE_GPU_ALLOW_GROWTH = 'true'
    Object.assign(environment, algorithms === 'fast' ? fast : deterministic)
    const folders = [...cudaLibraryFolders, inherited.LD_LIBRARY_PATH].filter(Boolean)
    if (folders.length > 0) environment.LD_LIBRARY_PATH = folders.join(':')
  }
  return environment
}

/**
 * The processor feature that TensorFlow needs and the processor lacks, from the text of /proc/cpuinfo; null if none is missing or
 * unknown. TensorFlow would abort the process, so this is checked before it is spawned.
 */
export function missingProcessorFeature(cpuInfo: string): string | null {
  const flags = /^flags\s*:(.*)$/m.exec(cpuInfo)?.[1]?.split(/\s+/)
  if (!flags || flags.includes('avx')) return null
  return 'AVX'
}
