import { readFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { missingProcessorFeature } from '../../engine/pure.ts'
import { type Check, ok, problem } from './check.ts'

export const processor: Check = {
  name: 'processor',
  run() {
    const model = cpus()[0]?.model.trim() || process.arch
    const missing = process.platform === 'linux' ? missingProcessorFeature(readFileSync('/proc/cpuinfo', 'utf8')) : null
    if (missing === null) return [ok(`${model}, ${availableParallelism()} threads`)]
    return [
      problem(
        `${model} has no ${missing}, without which TensorFlow ends at once`,
        'Train on another machine. In a virtual machine, pass the host processor through.',
      ),
    ]
  },
}
