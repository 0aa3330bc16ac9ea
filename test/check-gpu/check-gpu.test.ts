import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { gradientsIn, measureSteps, type StepsRequest } from '../../scripts/check-gpu/measure-steps.ts'
import { temporaryFolder } from '../main/host/support.ts'
import { fakeDriver } from '../support/fake-driver.ts'

const program = fileURLToPath(new URL('../../scripts/check-gpu/index.ts', import.meta.url))

function check(args: string[], environment: NodeJS.ProcessEnv) {
  const env = { ...process.env, ...environment }
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8' })
  return { status, stderr }
}

test.skipIf(process.platform === 'win32')('a machine without a card is refused, with the reason', () => {
  const none = check([], { PATH: temporaryFolder() })
  expect(none.status).toBe(1)
  expect(none.stderr).toContain('check:gpu: The device cuda:0 was requested, but nvidia-smi')
  const other = check(['--device', 'cuda:3'], fakeDriver(['0, GPU-3c4d, 15360, 550.54.14, 7.5, Tesla T4']))
  expect(other.stderr).toContain('there are only cuda:0 (Tesla T4)')
  expect(check(['alexnet'], {}).stderr).toContain('there is no network alexnet')
})

test('steps go on from the state after the first one with the same bits', async () => {
  const folder = temporaryFolder()
  const common = { name: 'resnet20', batchSize: 4, precision: 'float32', timedSteps: 1 } as const
  const run = (request: Pick<StepsRequest, 'steps' | 'from'>, to: string) =>
    measureSteps({ ...common, ...request, to: join(folder, to) }, { card: null, algorithms: 'deterministic' })
  const whole = await run({ steps: 3, from: null }, 'whole')
  const rest = await run({ steps: 2, from: join(folder, 'whole') }, 'rest')
  expect(rest.losses).toEqual(whole.losses.slice(1))
  expect(rest.sha256).toBe(whole.sha256)
  expect(whole.device.kind).toBe('cpu')
  expect(whole.msPerStep).toBeGreaterThan(0)
  const gradients = gradientsIn(join(folder, 'whole'))
  expect(Object.keys(gradients).length).toBeGreaterThan(50)
  expect(Object.values(gradients).some((each) => each.some((value) => value !== 0))).toBe(true)
})
