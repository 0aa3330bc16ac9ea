import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { planArrays } from '../../../../src/main/execution/executors/slurm/arrays.ts'
import { batchOptions, batchScript } from '../../../../src/main/execution/executors/slurm/batch-script.ts'
import { initialSlurm } from '../../../../src/shared/phases/slurm-settings.ts'

const shown = (arrays: ReturnType<typeof planArrays>) =>
  arrays.map(({ tasks, after }) => ({
    tasks: [...tasks].map(([index, phase]) => `${index} ${phase}`),
    after: after === null || typeof after === 'string' ? after : arrays.indexOf(after),
  }))

describe('arrays of jobs', () => {
  it('have each phase at the index of its parent in the array after it, and respect the maximum size', () => {
    const phases = [
      { id: 'b1', parent: 'a1' },
      { id: 'a1', parent: null },
      { id: 'a2', parent: null },
      { id: 'a3', parent: null },
      { id: 'b3', parent: 'a3' },
      { id: 'c1', parent: 'b1' },
      { id: 'b2', parent: 'a2' },
    ]
    expect(shown(planArrays(phases, { size: 2, submitted: new Map() }))).toEqual([
      { tasks: ['0 a1', '1 a2'], after: null },
      { tasks: ['0 a3'], after: null },
      { tasks: ['0 b1', '1 b2'], after: 0 },
      { tasks: ['0 b3'], after: 1 },
      { tasks: ['0 c1'], after: 2 },
    ])
  })

  it('give further children of a parent arrays of their own, and wait for parents that are submitted already', () => {
    const phases = ['x', 'y', 'z'].map((id) => ({ id, parent: 'a' }))
    const submitted = new Map([['a', { array: '77', index: 4 }]])
    expect(shown(planArrays(phases, { size: 2, submitted }))).toEqual([
      { tasks: ['4 x'], after: '77' },
      { tasks: ['4 y'], after: '77' },
      { tasks: ['4 z'], after: '77' },
    ])
  })
})

it('a script quotes what stands in paths', () => {
  const script = batchScript(
    { gpus: 0 },
    { depot: "/nfs/it's $HOME", tasks: new Map([[3, 'abc']]), command: ['/opt/node', 'x y'] },
  )
  expect(script).toContain(`'/opt/node' 'x y' '/nfs/it'\\''s $HOME' "$phase" &`)
  expect(script).toContain('  3) phase=abc ;;')
})

it('a script shows control characters of paths and hands them on as they are', () => {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-script-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const depot = "/nfs/it's 50% \\n\u001b[2K\r\u202e\u009b\n#SBATCH -p evil\n"
  const command = ['/bin/sh', join(folder, 'a\u0007b'), 'plain']
  writeFileSync(command[1]!, `printf '%s|' "$@" > '${folder}/words'`)
  const script = batchScript({ gpus: 0 }, { depot, tasks: new Map([[3, 'abc']]), command })
  expect(script).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]|^#SBATCH/mu)
  execFileSync('/bin/sh', ['-c', script], { env: { ...process.env, SLURM_ARRAY_TASK_ID: '3' } })
  expect(readFileSync(join(folder, 'words'), 'utf8')).toBe(`plain|${depot}|abc|`)
})

it('a job with a GPU trains on the card that Slurm shows it, another on the processor', () => {
  const batch = { depot: '/nfs/depot', tasks: new Map([[3, 'abc']]), command: ['/opt/exitlab', 'train-phase'] }
  const lineOf = (gpus: number) => batchScript({ gpus }, batch).match(/^.*train-phase.*$/m)![0]
  expect(lineOf(1)).toBe(`'/opt/exitlab' 'train-phase' --device cuda '/nfs/depot' "$phase" &`)
  expect(lineOf(0)).toBe(`'/opt/exitlab' 'train-phase' '/nfs/depot' "$phase" &`)
})

it('an array is submitted with what a user has set, and nothing where the cluster decides', () => {
  const tasks = new Map([
    [3, 'abc'],
    [5, 'def'],
  ])
  const batch = { depot: '/nfs/depot', tasks, after: null, name: 'exitlab-1f' }
  const [always, last] = [
    ['--parsable', '--array=3,5', '--open-mode=append', '--requeue'],
    ['--job-name=exitlab-1f', '--output=/nfs/depot/logs/%A_%a.log'],
  ]
  expect(batchOptions(initialSlurm, batch)).toEqual([...always, '--signal=B:USR1@120', '--cpus-per-task=2', ...last])
  const settings = { partition: 'long', account: 'us', time: '4:00:00', cpus: 8, gpus: 1, signalSeconds: 60 }
  expect(batchOptions({ ...settings, flags: ['--qos=low'] }, { ...batch, after: '77' })).toEqual([
    ...[...always, '--signal=B:USR1@60', '--cpus-per-task=8', '--gpus=1', '--partition=long', '--account=us'],
    ...['--time=4:00:00', '--dependency=aftercorr:77', '--kill-on-invalid-dep=yes', '--qos=low', ...last],
  ])
})

it('an array has a name of its own and its output in the depot, whatever flags a user adds', () => {
  const batch = { depot: '/nfs/depot', tasks: new Map([[3, 'abc']]), after: null, name: 'exitlab-1f' }
  const options = batchOptions({ ...initialSlurm, flags: ['--job-name=mine', '--output=mine', '--qos=low'] }, batch)
  const last = (name: string) => options.findLast((option) => option.startsWith(name))
  expect(last('--job-name')).toBe('--job-name=exitlab-1f')
  expect(last('--output')).toBe('--output=/nfs/depot/logs/%A_%a.log')
  expect(options).toContain('--qos=low')
  // Slurm puts numbers in the place of a percent sign with a letter.
  expect(batchOptions(initialSlurm, { ...batch, depot: '/nfs/50%data' }).at(-1)).toBe(
    '--output=/nfs/50%%data/logs/%A_%a.log',
  )
})
