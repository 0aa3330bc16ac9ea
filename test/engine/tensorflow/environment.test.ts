import { describe, expect, it } from 'vitest'
import { missingProcessorFeature, trainerEnvironment } from '../../../src/engine/tensorflow/environment.ts'

describe('the environment of a trainer', () => {
  it('sets the number of threads, and hides every GPU where none is to be used', () => {
    expect(trainerEnvironment({ threads: 3, card: null }, {})).toEqual({
      TF_CPP_MIN_LOG_LEVEL: '2',
      TF_NUM_INTRAOP_THREADS: '3',
      TF_NUM_INTEROP_THREADS: '3',
      OMP_NUM_THREADS: '3',
      UV_THREADPOOL_SIZE: '7',
      TF_ENABLE_ONEDNN_OPTS: '1',
      CUDA_VISIBLE_DEVICES: '-1',
    })
  })

  it('shows one GPU, lets its memory grow and puts the CUDA libraries before those of the user', () => {
    const resources = {
      threads: 1,
      card: 'GPU-1a2b',
      cudaLibraryFolders: ['/cache/nvidia/cudnn/lib', '/cache/nvidia/cublas/lib'],
    }
    expect(trainerEnvironment(resources, { LD_LIBRARY_PATH: '/opt/lib' })).toMatchObject({
      CUDA_VISIBLE_DEVICES: 'GPU-1a2b',
      TF_FORCE_GPU_ALLOW_GROWTH: 'true',
      LD_LIBRARY_PATH: '/cache/nvidia/cudnn/lib:/cache/nvidia/cublas/lib:/opt/lib',
    })
  })

  it('shows the card that was chosen for it, whatever the environment shows', () => {
    const inherited = { CUDA_VISIBLE_DEVICES: '0,1' }
    expect(trainerEnvironment({ threads: 1, card: 'GPU-8932f937' }, inherited)).toMatchObject({
      CUDA_VISIBLE_DEVICES: 'GPU-8932f937',
    })
    expect(trainerEnvironment({ threads: 1, card: null }, inherited)).toMatchObject({ CUDA_VISIBLE_DEVICES: '-1' })
  })

  it('makes sums of a GPU repeatable and its float32 products exact, and changes nothing for the processor', () => {
    const repeatable = { TF_DETERMINISTIC_OPS: '1', TF_CUDNN_DETERMINISTIC: '1', NVIDIA_TF32_OVERRIDE: '0' }
    expect(trainerEnvironment({ threads: 1, card: '0' }, { NVIDIA_TF32_OVERRIDE: '1' })).toMatchObject(repeatable)
    for (const name of Object.keys(repeatable)) {
      expect(trainerEnvironment({ threads: 1, card: null }, {})).not.toHaveProperty(name)
    }
  })

  it('lets a card use its fastest algorithms if requested, whatever the environment says', () => {
    const fast = trainerEnvironment({ threads: 1, card: '0', algorithms: 'fast' }, { TF_DETERMINISTIC_OPS: '1' })
    expect(fast).toMatchObject({ TF_DETERMINISTIC_OPS: '0', TF_CUDNN_DETERMINISTIC: '0' })
    expect(fast).not.toHaveProperty('NVIDIA_TF32_OVERRIDE')
  })

  it('keeps the log level and the kernels that the user chose', () => {
    const chosen = { TF_CPP_MIN_LOG_LEVEL: '0', TF_ENABLE_ONEDNN_OPTS: '0' }
    expect(trainerEnvironment({ threads: 1, card: null }, chosen)).toMatchObject(chosen)
  })
})

describe('the processor check', () => {
  it('reports AVX as missing where the flags lack it', () => {
    expect(missingProcessorFeature('processor : 0\nflags\t\t: fpu sse sse2\n')).toBe('AVX')
    expect(missingProcessorFeature('processor : 0\nflags\t\t: fpu sse avx avx2\n')).toBeNull()
  })

  it('reports nothing as missing where there are no flags', () => {
    expect(missingProcessorFeature('')).toBeNull()
  })
})
