import { expect, test } from 'vitest'
import { wasKilled } from '../../scripts/soak/was-killed.ts'
import { startTestTrainer } from '../main/trainer/support/trainer.ts'

test.each(['SIGKILL', 'SIGTERM', null] as const)(
  'sees whether a trainer was killed before its answer (%s)',
  async (signal) => {
    const trainer = startTestTrainer()
    const answer = trainer.run({ kind: 'describe-weights', file: '/nowhere/weights.pt' }, () => {})
    if (signal !== null) process.kill(trainer.pid, signal)
    const end = (await answer) as { message: string }
    await trainer.close()
    expect(wasKilled(new Error(end.message))).toBe(signal !== null)
  },
)
