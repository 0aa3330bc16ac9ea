import { describe, expect, it } from 'vitest'
import { exitlab, fakeClient, fakeRun, summary } from './support.ts'

describe.each(['pause', 'resume', 'stop', 'retry', 'delete', 'restore'])('exitlab %s', (name) => {
  const run = summary(fakeRun({ status: 'paused' }))
  let asked: unknown
  const client = fakeClient({ [`runs.${name}`]: (input) => ((asked = input), { runs: [run] }) })

  it('asks the host for it, and says what changed', async () => {
    const { exitCode, stdout } = await exitlab([name, 'aaaa', 'small'], { client })
    expect(exitCode).toBe(0)
    expect(asked).toEqual({ runs: ['aaaa', 'small'] })
    expect(stdout).toContain('  aaaa11  small/disjoint/1  paused')
  })

  it('prints the runs as JSON', async () => {
    expect(JSON.parse((await exitlab([name, 'aaaa', '--json'], { client })).stdout)).toMatchObject([
      { id: run.id, status: 'paused' },
    ])
  })
})

describe('what to do next', () => {
  it.each([
    ['pause', 'Go on with: exitlab resume aaaa11'],
    ['stop', 'Take up again with: exitlab resume aaaa11'],
    ['delete', 'Undo with: exitlab restore aaaa11'],
  ])('is told after %s', async (name, next) => {
    const client = fakeClient({ [`runs.${name}`]: () => ({ runs: [summary(fakeRun())] }) })
    expect((await exitlab([name, 'a'], { client })).stdout).toContain(next)
  })
})

describe('exitlab purge', () => {
  const client = fakeClient({ 'runs.purge': () => ({ runs: ['aaaa'], freedBytes: 5 * 2 ** 30 }) })

  it('says how much it freed', async () => {
    expect((await exitlab(['purge', 'aaaa'], { client })).stdout).toBe('1 run removed for good, 5.0 GiB freed\n')
    expect(JSON.parse((await exitlab(['purge', 'aaaa', '--json'], { client })).stdout)).toEqual({
      runs: ['aaaa'],
      freedBytes: 5 * 2 ** 30,
    })
  })
})

describe('exitlab export', () => {
  it('takes the folder from where it is called', async () => {
    let asked: unknown
    const client = fakeClient({
      'exports.run': (input: { folder: string }) => (
        (asked = input),
        { folder: input.folder, files: ['model.safetensors', 'README.md'] }
      ),
    })
    const { stdout } = await exitlab(['export', 'aaaa', 'out'], { client, workingFolder: '/home/me' })
    expect(asked).toEqual({ run: 'aaaa', folder: '/home/me/out' })
    expect(stdout).toBe('Written to /home/me/out:\n  model.safetensors\n  README.md\n')
  })
})
