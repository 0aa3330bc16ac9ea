import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { event } from './made-events.ts'
import { expected, fixture, read, refusal, temporaryFile } from '../support.ts'

const costs = [0.2, 0.5, 1]
const events = () => readFileSync(fixture('tensorboard/tags/events.out.tfevents.1.machine.1.0'))
const name = 'events.out.tfevents.2.machine.1.0'
const tags = [0, 1, 2].map((exit) => `test/exit_${exit}/accuracy`)

describe('event files of PyTorch', () => {
  it('give the last test accuracy of each exit', async () => {
    const { format, names, results } = await read(fixture('tensorboard/tags'), { costs })
    expect(format).toBe('tensorboard')
    expect(names.map(({ name }) => name)).toContain('val/acc_exit_0')
    const [{ content }] = results as [(typeof results)[0]]
    expect(content.split).toBe('test')
    expect(content.backboneMacs).toBeNull()
    expect(content.exits).toEqual(
      tags.map((tag, exit) => ({ name: String(exit), cost: costs[exit], value: expected.tensorboard[tag]!.at(-1) })),
    )
  })

  it('give the best of each exit where that is asked for', async () => {
    const { results } = await read(fixture('tensorboard/tags'), { costs, logged: 'best' })
    const best = tags.map((tag) => Math.max(...expected.tensorboard[tag]!))
    expect(results[0]!.content.exits.map(({ value }) => value)).toEqual(best)
    expect(best[1]).toBeGreaterThan(expected.tensorboard[tags[1]!]!.at(-1)!)
  })

  it('give each exit over the epochs, and say that their steps were read as such', async () => {
    const { content } = (await read(fixture('tensorboard/tags'), { costs })).results[0]!
    const curves = tags.map((tag) => expected.tensorboard[tag]!.flatMap((value, step) => [step, value]))
    expect(content.training).toEqual({ axis: 'epoch', curves })
    expect(content.notes).toContain('Steps were read as epochs: they follow one another.')
  })

  it('give other tags where they are chosen, by the pattern or by one of them', async () => {
    const choose = async (metric: string) =>
      (await read(fixture('tensorboard/tags'), { costs, map: { metric } })).results[0]!.content
    const content = await choose('val/acc_exit_*')
    expect(content.split).toBe('validation')
    expect(content.exits[0]!.value).toBeCloseTo(expected.tensorboard[tags[0]!]!.at(-1)! - 0.05, 6)
    expect(await choose('val/acc_exit_2')).toEqual(content)
  })

  it.each(['scalars', 'tensors'])('are read from folders of add_scalars and from tensors: %s', async (folder) => {
    const { results } = await read(fixture(`tensorboard/${folder}`), { costs })
    const { exits, notes } = results[0]!.content
    const half = folder === 'tensors' ? 0.005 : 0
    expect(exits.map(({ value }) => value)).toEqual([0.42 + half, 0.52 + half, 0.62 + half])
    expect(notes).toContain('Values of accuracy were read as %.')
    expect(results[0]!.content.training!.curves[1]).toEqual([0, 0.5 + half, 1, 0.51 + half, 2, 0.52 + half])
  })

  it('are refused with the tags where several would do', async () => {
    const { code, message, fields } = await refusal(fixture('tensorboard/ambiguous'), { costs: [0.5, 1] })
    expect(code).toBe('usage')
    expect(message).toContain('fine/acc_exit_*  (exits 0, 1)\n  coarse/acc_exit_*  (exits 0, 1)')
    expect(fields.command).toEqual(['import', fixture('tensorboard/ambiguous'), '--map', 'metric=fine/acc_exit_*'])
  })

  it('are refused without costs, and with the costs of another network', async () => {
    const path = fixture('tensorboard/tags')
    expect((await refusal(path)).message).toContain('does not say what its 3 exits cost')
    expect((await refusal(path, { costs: [0.5, 1] })).message).toContain('has 3 exits (0, 1, 2), but 2 costs are given')
    expect((await refusal(path, { costs: [0.5, 0.2, 1] })).message).toContain('exit 1 that costs less than exit 0')
  })

  it('are refused where a value is no number', async () => {
    const { message } = await refusal(fixture('tensorboard/nan'), { costs: [0.5, 1] })
    expect(message).toContain('has NaN as accuracy; expected a number')
  })
})

describe('a file that was cut off while it was written', () => {
  it('gives the whole records before, and says where it ends', async () => {
    const whole = events()
    const path = temporaryFile(name, whole.subarray(0, whole.length - 5))
    const { results } = await read(path, { costs })
    const [note] = results[0]!.content.notes
    expect(note).toMatch(/is cut off at byte \d+: the records before were read\./)
    // The last record is the histogram of the last step: no scalar is lost.
    expect(results[0]!.content.exits[2]!.value).toBe(expected.tensorboard[tags[2]!]!.at(-1))
  })

  it('has nothing where its first record is not whole', async () => {
    expect((await refusal(temporaryFile(name, events().subarray(0, 20)), { costs })).message).toContain(
      'has no scalars',
    )
  })
})

test.each([
  ['the length', 8],
  ['the content', 30],
])('a file with a wrong checksum of %s is refused', async (_, at) => {
  const bytes = events()
  bytes[at]! ^= 1
  const { code, message } = await refusal(temporaryFile(name, bytes), { costs })
  expect(code).toBe('data')
  expect(message).toContain('is damaged: the checksum of the record at byte 0 is wrong')
})

test('a file that is no event file is refused', async () => {
  expect((await refusal(temporaryFile(name, 'epoch,accuracy\n'.repeat(100)), { costs })).message).toContain('damaged')
  expect((await refusal(temporaryFile(name, ''), { costs })).message).toContain('has no scalars')
})

describe('hostile events are refused', () => {
  const many = Array.from({ length: 20_001 }, (_, tag) => [`t${tag}`, 1] as const)

  it.each([
    ['a tag of a megabyte', event([['1'.repeat(2 ** 20), 1]]), 'has a name of 1048576 characters'],
    ['tags without end', Buffer.concat(many.map((value) => event([value]))), 'has more than 20000 tags'],
    ['an event of values without end', event(many), 'it has more than 20000 values'],
    ['a tensor of a million numbers', event([['acc_0', Array<number>(1_000_000).fill(1)]]), 'has no scalars'],
  ])('%s', async (_, bytes, message) => {
    const error = await refusal(temporaryFile(name, bytes), { costs })
    expect(error.code).toBe('data')
    expect(error.message).toContain(message)
    expect(error.message.length).toBeLessThan(2000)
  })
})
