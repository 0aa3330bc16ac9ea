import { fileURLToPath } from 'node:url'
import { trainerEnvironment } from '../../../../src/engine/pure.ts'
import { tensorflowFolder } from '../../../../src/files/user-folders.ts'
import type { TrainerProcess } from '../../../../src/main/execution/trainer-pool/trainer-process.ts'
import { startTrainer } from '../../../../src/main/execution/trainer-pool/trainer-process.ts'

/** Something that goes wrong in a trainer, at one exact point of what it writes. */
export interface Fault {
  action: 'kill' | 'full disk'
  point: 'half written' | 'before rename' | 'after rename' | 'before removal' | 'after removal'
  /** Pattern of the paths that it concerns. */
  file: string
  /** How often the point is passed before it happens. A full disk stays full. */
  after: number
}

/** Starts a trainer as the host does. */
export function startTestTrainer(fault?: Fault): TrainerProcess {
  const environment: Record<string, string> = {
    ...trainerEnvironment({ threads: 2, card: null }, process.env),
    EXITLAB_TENSORFLOW: tensorflowFolder(),
    NODE_OPTIONS: '',
  }
  if (fault) {
    environment.NODE_OPTIONS = `--import=${new URL('faults.ts', import.meta.url)} --disable-warning=ExperimentalWarning`
    environment.EXITLAB_TEST_FAULT = JSON.stringify(fault)
  }
  return startTrainer({
    entry: fileURLToPath(new URL('../../../../src/main/trainer/index.ts', import.meta.url)),
    environment,
  })
}
