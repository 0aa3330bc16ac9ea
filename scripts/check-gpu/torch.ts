import { execFile } from 'node:child_process'
import { measure, type MeasureOptions, script } from '../bench/measure.ts'
import type { TorchQuestion, TorchSteps } from './compare-speeds.ts'

const program = 'import torch; print(torch.__version__, torch.cuda.is_available())'

/** Why this Python measures nothing of PyTorch on the card that its environment names; null: it does. */
export function whyNoTorch(python: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(python, ['-c', program], { env }, (error, stdout, stderr) => {
      const [version, finds] = stdout.trim().split(' ')
      if (error)
        resolve(`${python} has no PyTorch (${stderr.trim().split('\n').at(-1) || error.message}); see EXITLAB_PYTHON`)
      else resolve(finds === 'True' ? null : `PyTorch ${version} of ${python} finds no card; see EXITLAB_PYTHON`)
    })
  })
}

/** PyTorch's steps on the card, or for tests on the processor. */
export function measureTorch(
  { name, batchSize, precision, mode }: TorchQuestion,
  { python, device, ...options }: MeasureOptions & { python: string; device: 'cuda' | 'cpu' },
): Promise<TorchSteps> {
  const args = ['--device', device, '--batch', String(batchSize), '--precision', precision, '--mode', mode]
  return measure(python, [script('torch_steps.py'), name, ...args], options)
}
