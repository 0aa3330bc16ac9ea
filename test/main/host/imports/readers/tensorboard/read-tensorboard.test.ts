import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import type { ReadResult } from '../../../../../../src/main/host/imports/readers/import-choice.ts'
import { event } from './made-events.ts'
import { expected, fixture, read, refusal, temporaryFile, temporaryFolder } from '../support.ts'

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

  it('give the best of each exit if requested', async () => {
    const { results } = await read(fixture('tensorboard/tags'), { costs, logged: 'best' })
    const best = tags.map((tag) => Math.max(...expected.tensorboard[tag]!))
    expect(results[0]!.content.exits.map(({ value }) => value)).toEqual(best)
    expect(best[1]).toBeGreaterThan(expected.tensorboard[tags[1]!]!.at(-1)!)
  })

  it('give each exit over the epochs, and report that steps were read as epochs', async () => {
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

describe('a folder of logs', () => {
  /** Two epochs of these tags. */
  const log = (...tags: string[]) => Buffer.concat([0, 1].map((step) => event(tags.map((tag, at) => [tag, 0.1 * (at + 1) + 0.05 * step]), step))) // prettier-ignore
  const logs = (files: Record<string, Uint8Array>) => {
    const folder = temporaryFolder()
    for (const [place, bytes] of Object.entries(files)) {
      mkdirSync(join(folder, place), { recursive: true })
      writeFileSync(join(folder, place, name), bytes)
    }
    return folder
  }
  const accuracies = ['test/acc_exit_0', 'test/acc_exit_1']
  const [low, high] = [0.15, 0.25].map((value) => expect.closeTo(value, 6) as number)
  const two = { costs: [0.5, 1] }
  const resultsOf = async (folder: string, choice: object = two) =>
    (await read(folder, choice)).results.map(({ name, seed, content }) => [name, seed, ...content.exits.map(({ value }) => value)]) // prettier-ignore

  it('gives a result for each training, named by its folder', async () => {
    const folder = logs({ 'lr0.1': log(...accuracies, 'loss'), 'lr0.01': log(...accuracies) })
    expect(await resultsOf(folder)).toEqual([['lr0.01', null, low, high], ['lr0.1', null, low, high]]) // prettier-ignore
    const { names, results } = await read(folder, two)
    expect(names.map(({ name: tag }) => tag)).toContain('test/acc_exit_0')
    expect(results.map(({ path }) => path)).toEqual([join(folder, 'lr0.01'), join(folder, 'lr0.1')])
    expect(new Set(results.map(({ sha256 }) => sha256)).size).toBe(2)
  })

  it('gives seeds of one name where folders are called so', async () => {
    const folder = logs({ 'a/mixed-seed3': log(...accuracies), 'a/mixed_seed_4': log(...accuracies) })
    expect(await resultsOf(folder)).toEqual([['a/mixed', 3, low, high], ['a/mixed', 4, low, high]]) // prettier-ignore
    const alone = logs({ seed1: log(...accuracies), seed2: log(...accuracies) })
    expect((await resultsOf(alone)).map(([series]) => series)).toEqual([basename(alone), basename(alone)])
  })

  it('takes folders of samples, and those that add_scalars makes, as parts of one training', async () => {
    const keras = ['epoch_exit_0_acc', 'epoch_exit_1_acc']
    const folder = logs({ 'a/train': log(...keras), 'a/validation': log(...keras), 'b/train': log(...keras), 'b/validation': log(...keras) }) // prettier-ignore
    const { message } = await refusal(folder, two)
    expect(message).toContain('validation/epoch_exit_*_acc  (exits 0, 1)')
    const chosen = await read(folder, { ...two, map: { metric: 'validation/epoch_exit_*_acc' } })
    expect(chosen.results.map((each) => [each.name, each.content.split])).toEqual([['a', 'validation'], ['b', 'validation']]) // prettier-ignore
    const parts = logs({ 'a/acc_exit_0': log('acc'), 'a/acc_exit_1': log('acc'), 'b/acc_exit_0': log('acc'), 'b/acc_exit_1': log('acc') }) // prettier-ignore
    expect((await resultsOf(parts)).map(([series]) => series)).toEqual(['a', 'b'])
  })

  it('takes numbered folders of one tag for trainings, unless they are called as exits or by add_scalars', async () => {
    const seriesIn = async (...places: string[]) =>
      (await resultsOf(logs(Object.fromEntries(places.map((place) => [place, log('val_acc')]))), { costs: [1] })).map(([series]) => series) // prettier-ignore
    expect(await seriesIn('version_0', 'version_1')).toEqual(['version_0', 'version_1'])
    for (const parts of [['exit_0', 'exit_1'], ['val_acc_0', 'val_acc_1']])
      expect((await refusal(logs(Object.fromEntries(parts.map((part) => [part, log('val_acc')]))))).message).toContain('its 2 exits cost') // prettier-ignore
  })

  it('says which folders have no tags of the metric, and reads one of them where its tags are asked for', async () => {
    const folder = logs({ a: log(...accuracies), b: log(...accuracies), notes: log('loss') })
    expect((await read(folder, two)).results[0]!.content.notes).toContain('Folders without tags of the metric: notes.')
    const [one, ...others] = (await read(folder, { ...two, map: { metric: 'b/test/acc_exit_*' } })).results
    expect([one!.content.exits.length, others]).toEqual([2, []])
  })

  it('that holds one metric without exits is a curve over the training, and with its cost an exit', async () => {
    const folder = logs({ '.': log('val_acc', 'loss') })
    const [{ content }] = (await read(folder)).results as [ReadResult]
    expect(content).toMatchObject({ split: 'validation', exits: [], curve: null, training: { axis: 'epoch' } })
    expect(content.training!.curves).toEqual([[0, expect.closeTo(0.1, 6), 1, low]])
    expect(content.notes.at(-1)).toContain('it is shown among training curves')
    expect((await read(folder, { costs: [1] })).results[0]!.content.exits).toEqual([{ name: 'final', cost: 1, value: low }]) // prettier-ignore
  })
})

test('two files of one folder with the same steps are one training that was resumed, which is said', async () => {
  const folder = temporaryFolder()
  const log = (steps: readonly number[], value: number) =>
    Buffer.concat(steps.map((step) => event([['val_acc', value], ['loss', 1]], step))) // prettier-ignore
  writeFileSync(join(folder, 'events.out.tfevents.1.machine'), log([0, 1, 2], 0.5))
  writeFileSync(join(folder, 'events.out.tfevents.2.machine'), log([2, 3], 0.25))
  const [{ content }] = (await read(folder)).results as [ReadResult]
  expect(content.training).toEqual({ axis: 'epoch', curves: [[0, 0.5, 1, 0.5, 2, 0.25, 3, 0.25]] })
  expect(content.notes.join(' ')).toContain('events.out.tfevents.2.machine has steps 2 to 2, which a file before it')
  writeFileSync(join(folder, 'events.out.tfevents.2.machine'), log([3, 4], 0.25))
  expect((await read(folder)).results[0]!.content.notes.join(' ')).not.toContain('a file before it')
})

test('a long training may have more values than a log may have tags', async () => {
  const steps = Array.from({ length: 20_001 }, (_, step) => event([['val_acc', 0.5]], step))
  const [{ content }] = (await read(temporaryFile(name, Buffer.concat(steps)))).results as [ReadResult]
  expect(content.training!.curves[0]!.slice(-2)).toEqual([20_000, 0.5])
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
