import type { TrainerEvent, TrainerEventOf } from '../../shared/phases/trainer-events.ts'
import type { TrainerCommand } from '../../contract/experiment/trainer-jobs.ts'

/** The trainer's end of the connection to its host. */
export interface Channel {
  send(event: TrainerEvent): void
  log(level: 'info' | 'warning', message: string): void
  /** Sends the metrics of an epoch and waits until the host has written them, so that its records are never behind the checkpoints. */
  sendEpoch(event: TrainerEventOf<'epoch'>): Promise<void>
  onCommand(listener: (command: TrainerCommand) => void): void
}

/**
 * Opens the channel to the parent process. If the parent dies, this process kills itself at once, because the trainer of the next
 * host will write to the same files. (An orderly exit would wait for the end of TensorFlow's step.)
 */
export function openChannel(): Channel {
  let recorded: (() => void) | null = null
  const listeners: ((command: TrainerCommand) => void)[] = []
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  process.on('message', (command: TrainerCommand) => {
    if (command.type === 'recorded') recorded?.()
    else for (const listener of listeners) listener(command)
  })
  const send = (event: TrainerEvent) => {
    // The parent has just died: the disconnect follows.
    if (process.connected) process.send!(event)
  }
  return {
    send,
    log: (level, message) => send({ type: 'log', level, message }),
    sendEpoch: (event) =>
      new Promise((resolve) => {
        recorded = resolve
        send(event)
      }),
    onCommand: (listener) => void listeners.push(listener),
  }
}
