import { describe, expect, it } from 'vitest'
import { checkCard, type Finding, type Measured, type Question } from '../../scripts/check-gpu/check-card.ts'
import { relativeDifference } from '../../scripts/check-gpu/difference.ts'

/** What a card that computes as the processor does would give. */
function sound({ algorithms, precision, steps }: Question): Measured {
  return {
    device: { kind: algorithms === null ? 'cpu' : 'gpu', name: 'A100', tensorflowVersion: '2.20.0', threads: 2 },
    losses: Array.from({ length: steps }, (_, step) => 10 - step),
    sha256: `${precision} ${algorithms}`,
    msPerStep: algorithms === null ? 100 : 5,
    cardMemoryMb: algorithms === null ? null : 900,
    gradients: { weight: [3, 4] },
  }
}

async function findings(change: (question: Question) => Partial<Measured> = () => ({})) {
  const asked: Question[] = []
  const found: Finding[] = []
  const measure = async (question: Question) => {
    asked.push(question)
    return { ...sound(question), ...change(question) }
  }
  for await (const finding of checkCard('resnet20', measure)) found.push(finding)
  const wrong = found.filter(({ ok }) => !ok).map(({ check, mode }) => `${check}, ${mode}`)
  return { asked, found, wrong }
}

describe('the check of a card', () => {
  it('finds nothing wrong with one that computes as the processor does, and tells speeds', async () => {
    const { found, wrong } = await findings()
    expect(wrong).toEqual([])
    const speeds = found.filter(({ check }) => check === 'speed')
    expect(speeds.map(({ mode, imagesPerSecond, cardMemoryMb }) => [mode, imagesPerSecond, cardMemoryMb])).toEqual([
      ['float32, processor', 1280, null],
      ['float32 deterministic', 25600, 900],
      ['float32 fast', 25600, 900],
      ['bfloat16 deterministic', 25600, 900],
    ])
  })

  it('requires the same bits on repetition and after resuming from the first step, for deterministic algorithms only', async () => {
    const { asked, wrong } = await findings(({ timedSteps }) => (timedSteps === 0 ? { sha256: 'other' } : {}))
    expect(wrong).toEqual([
      'repeated, float32 deterministic',
      'resumed, float32 deterministic',
      'repeated, bfloat16 deterministic',
      'resumed, bfloat16 deterministic',
    ])
    expect(asked.filter(({ resumes }) => resumes).map(({ steps }) => steps)).toEqual([9, 9])
  })

  it('allows as much difference as the precision has', async () => {
    const gradients = { weight: [3, 4.05] }
    const { wrong } = await findings(({ algorithms }) => (algorithms === null ? {} : { gradients }))
    expect(wrong).toEqual([])
    const off = await findings(({ algorithms }) => (algorithms === null ? {} : { gradients: { weight: [3, 4.1] } }))
    expect(off.wrong).toEqual(['gradients, float32 deterministic'])
  })

  it('finds a training that is not on the card, and losses that are no numbers', async () => {
    const cpu = { device: { ...sound({ algorithms: null } as Question).device } }
    const { wrong } = await findings(() => cpu)
    expect(wrong).toEqual(
      ['float32 deterministic', 'float32 fast', 'bfloat16 deterministic'].map((each) => `device, ${each}`),
    )
    const diverged = await findings(({ algorithms, steps }) =>
      algorithms === 'fast' ? { losses: Array<number>(steps).fill(NaN) } : {},
    )
    expect(diverged.wrong).toEqual(['loss, float32 fast', 'losses, float32 fast'])
  })
})

describe('the relative difference of arrays', () => {
  it('is the norm of the difference over the norm of what is expected', () => {
    expect(relativeDifference({ a: [3, 4], b: [0] }, { a: [3, 0], b: [4] })).toBeCloseTo(Math.sqrt(32) / 5, 12)
    expect(relativeDifference({ a: [1] }, { a: [1] })).toBe(0)
    expect(relativeDifference({ a: [NaN] }, { a: [1] })).toBeNaN()
  })
})
