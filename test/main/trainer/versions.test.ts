import { expect, it } from 'vitest'
import { earlierVersions, warnOfOtherVersions } from '../../../src/main/trainer/versions.ts'

const before = { tensorflow: '2.20.0', threads: '2' }

it('a phase that continues with other threads reports that its last digits may differ', () => {
  const warnings: string[] = []
  const now = { tensorflow: '2.20.0', threads: '4' }
  warnOfOtherVersions('The phase', [before, now], (message) => void warnings.push(message))
  expect(warnings).toEqual([expect.stringMatching(/^The phase resumes .*\(threads 2 → 4\)/)])
})

it('a record without an engine revision is of the first one: continuing with a later one is reported', () => {
  const warnings: string[] = []
  const goOn = (recorded: Record<string, string>, engine: string) =>
    warnOfOtherVersions('The phase', [recorded, { ...before, engine }], (message) => void warnings.push(message))
  goOn(before, '2')
  goOn({ ...before, engine: '2' }, '3')
  goOn(before, '1')
  goOn({ ...before, engine: '2' }, '2')
  expect(warnings).toEqual([
    expect.stringMatching(/^The phase resumes .*\(engine 1 → 2\).*last digits/),
    expect.stringContaining('(engine 2 → 3)'),
  ])
})

it('continuing with another processor is reported, unless the record does not name the first', () => {
  const warnings: string[] = []
  const goOn = (recorded: Record<string, string>) =>
    warnOfOtherVersions(
      'The phase',
      [recorded, { ...before, processor: 'B' }],
      (message) => void warnings.push(message),
    )
  goOn({ ...before, processor: 'A' })
  goOn(before)
  expect(warnings).toEqual([expect.stringContaining('(processor A → B)')])
})

it('continuing with another kind of card, or with the processor, is reported', () => {
  const warnings: string[] = []
  const goOn = (device: string) =>
    warnOfOtherVersions(
      'The phase',
      [
        { ...before, device: 'gpu Tesla T4' },
        { ...before, device },
      ],
      (message) => void warnings.push(message),
    )
  for (const device of ['gpu NVIDIA A100', 'cpu CPU:0', 'gpu Tesla T4']) goOn(device)
  expect(warnings).toEqual([
    expect.stringContaining('(device gpu Tesla T4 → gpu NVIDIA A100)'),
    expect.stringContaining('(device gpu Tesla T4 → cpu CPU:0)'),
  ])
})

it('a phase that continues unchanged reports nothing', () => {
  warnOfOtherVersions('The phase', [before, { ...before }], (message) => expect.fail(message))
})

it('a phase records every other set-up that was involved, each once, in their order', () => {
  const [first, second, third] = ['1', '2', '3'].map((threads) => ({ threads }))
  const after = (versions: object, ...earlier: object[]) => ({ versions, earlierVersions: earlier }) as never
  expect(earlierVersions(null, first!)).toEqual([])
  expect(earlierVersions(after(first!), first!)).toEqual([])
  expect(earlierVersions(after(first!), second!)).toEqual([first])
  expect(earlierVersions(after(second!, first!), third!)).toEqual([first, second])
  expect(earlierVersions(after(second!, first!), { ...first! })).toEqual([second])
  expect(earlierVersions(after(second!, second!, first!), third!)).toEqual([second, first])
})
