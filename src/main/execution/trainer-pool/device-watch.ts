import type { Card, DeviceReport } from '../../../shared/phases/device.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { setUpCommand } from '../../../shared/basics/set-up-command.ts'
import type { TrainerProcess } from './trainer-process.ts'

/** A trainer that tells its device before its first job, which fails where it is not the card that it was started for. */
export function watchDevice(
  trainer: TrainerProcess,
  { card, onDevice = () => {} }: { card: Card | null; onDevice?: (device: DeviceReport) => void },
): TrainerProcess {
  return {
    ...trainer,
    run: (job, onEvent) =>
      trainer.run(job, (event) => {
        if (event.type === 'ready') {
          onDevice(event.device)
          if (card !== null) requireGpu(event.device, card)
        }
        onEvent(event)
      }),
  }
}

/** Falling back to the processor, many times slower, would ignore the request. */
function requireGpu({ kind }: DeviceReport, card: Card): void {
  if (kind === 'gpu') return
  throw new ExitlabError(
    'engine',
    `A GPU was requested, but TensorFlow does not find ${card.name} (cuda:${card.index}). Install the GPU build, in the ` +
      `settings or by \`${setUpCommand.cuda}\`. To train on the processor, choose the device cpu, by --device ` +
      'or in the settings.',
  )
}
