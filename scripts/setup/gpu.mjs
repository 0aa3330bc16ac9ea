import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Under WSL2 the driver puts nvidia-smi here, not always on PATH. */
const programs = ['nvidia-smi', '/usr/lib/wsl/lib/nvidia-smi']

/** Whether someone says that there is a GPU: `nvidia-smi` is missing in some containers. */
export const isGpuNamed = () => /^\s*(\d|GPU-|MIG-)/.test(process.env.CUDA_VISIBLE_DEVICES ?? '')

/** Whether NVIDIA's driver lists a GPU. */
export function hasNvidiaGpu() {
  return programs.some((program) => {
    if (program.startsWith('/') && !existsSync(program)) return false
    const { status, stdout } = spawnSync(program, ['-L'], { encoding: 'utf8' })
    return status === 0 && stdout.includes('GPU ')
  })
}
