/** Whether an answer failed because the trainer that should give it was killed, by the message that people read: no field tells the signal. */
export function wasKilled(error: unknown): boolean {
  return /^The trainer (was killed \(SIGKILL\)|ended with SIGTERM)/.test((error as Error).message)
}
