import { expect, test } from 'vitest'
import type { Finding, Question } from '../../scripts/check-gpu/check-card.ts'
import { compareSpeeds, LeftOut, type Meters, type TorchQuestion } from '../../scripts/check-gpu/compare-speeds.ts'

const device = { kind: 'gpu', name: 'A100', tensorflowVersion: '2.20.0', threads: 2 } as const
const own = { device, losses: [1], sha256: '', gradients: {}, cardMemoryMb: 900 }
const torchMs = { eager: 20, 'eager channels_last': 15, compile: 12 }

/** Steps of 10 ms in float32, of 5 ms in bfloat16; PyTorch's of `torchMs`, an epoch at 95 % of the step's rate. */
const meters: Meters = {
  steps: ({ precision }) => Promise.resolve({ ...own, msPerStep: precision === 'float32' ? 10 : 5 }),
  epoch: ({ batchSize, secondsPerStep }) => {
    const stepImagesPerSecond = batchSize / secondsPerStep
    return Promise.resolve({ imagesPerSecond: 0.95 * stepImagesPerSecond, stepImagesPerSecond, shareOfStep: 0.95 })
  },
  torch: ({ batchSize, precision, mode }) => {
    const msPerStep = torchMs[mode]
    const imagesPerSecond = (1000 * batchSize) / msPerStep
    return Promise.resolve({ engine: `torch ${precision} ${mode}`, msPerStep, imagesPerSecond, peakMemoryMb: 500 })
  },
}

async function found(names: Parameters<typeof compareSpeeds>[0], changed: Partial<Meters> = {}) {
  const findings: Finding[] = []
  for await (const finding of compareSpeeds(names, { ...meters, ...changed })) findings.push(finding)
  return findings
}
const common = { name: 'resnet20', ok: true, batchSize: 1024 }

test('measures own steps first, then an epoch, then PyTorch by mode, then the ratio to the fastest mode', async () => {
  const findings = await found(['resnet20'])
  expect(findings.map(({ check, mode }) => `${check}: ${mode}`)).toEqual([
    'speed: float32 fast',
    'speed: bfloat16 fast',
    'epoch: float32 fast',
    'torch: tf32 eager',
    'torch: bfloat16 eager',
    'torch: tf32 eager channels_last',
    'torch: bfloat16 eager channels_last',
    'torch: tf32 compile',
    'torch: bfloat16 compile',
    'ratio: float32 fast',
    'ratio: bfloat16 fast',
  ])
  const speed = { mode: 'float32 fast', msPerStep: 10, imagesPerSecond: 102400, cardMemoryMb: 900 }
  expect(findings[0]).toEqual({ ...common, check: 'speed', ...speed })
  const rates = { imagesPerSecond: 97280, stepImagesPerSecond: 102400, shareOfStep: 0.95 }
  expect(findings[2]).toEqual({ ...common, check: 'epoch', mode: 'float32 fast', ...rates })
  expect(findings[3]).toMatchObject({ ...common, msPerStep: 20, imagesPerSecond: 51200, tensorMemoryMb: 500 })
  const modes = { modesMeasured: 3, modesThereAre: 3 }
  const ratios = [
    { against: 'torch tf32 compile', speedRatio: 1.2, ...modes },
    { against: 'torch bfloat16 compile', speedRatio: 2.4, ...modes },
  ]
  expect(findings.slice(-2)).toMatchObject(ratios)
})

test('PyTorch is asked for the same batches in the same precisions, channels last of convolutional networks only', async () => {
  const asked: string[] = []
  const torch = (question: TorchQuestion) => {
    asked.push(`${question.name} ${question.batchSize} ${question.precision} ${question.mode}`)
    return meters.torch!(question)
  }
  await found(['msdnet', 'minilm'], { torch })
  expect(asked).toEqual([
    'msdnet 512 tf32 eager',
    'msdnet 512 bfloat16 eager',
    'minilm 256 tf32 eager',
    'minilm 256 bfloat16 eager',
    'msdnet 512 tf32 eager channels_last',
    'msdnet 512 bfloat16 eager channels_last',
    'msdnet 512 tf32 compile',
    'msdnet 512 bfloat16 compile',
    'minilm 256 tf32 compile',
    'minilm 256 bfloat16 compile',
  ])
})

test('reports what the time limit or PyTorch left out, and takes the ratio over the measured modes', async () => {
  const torch = (question: TorchQuestion) =>
    question.mode === 'compile' ? Promise.reject(new LeftOut('no compiler')) : meters.torch!(question)
  const findings = await found(['resnet20'], { torch })
  expect(findings.filter((finding) => 'leftOut' in finding)).toEqual([
    { check: 'torch', name: 'resnet20', mode: 'tf32 compile', ok: true, leftOut: 'no compiler' },
    { check: 'torch', name: 'resnet20', mode: 'bfloat16 compile', ok: true, leftOut: 'no compiler' },
  ])
  const ratio = { against: 'torch tf32 eager channels_last', speedRatio: 1.5, modesMeasured: 2, modesThereAre: 3 }
  expect(findings.at(-2)).toMatchObject(ratio)
})

test('own steps that fail are an error, and PyTorch is not measured', async () => {
  const steps = (question: Question) =>
    question.precision === 'bfloat16' ? Promise.reject(new Error('out of memory')) : meters.steps(question)
  const findings = await found(['vit'], { steps })
  const error = { check: 'speed', name: 'vit', mode: 'bfloat16 fast', ok: false, error: 'out of memory' }
  expect(findings.filter(({ ok }) => !ok)).toEqual([error])
  expect(findings.filter(({ check }) => check === 'ratio').map(({ mode }) => mode)).toEqual(['float32 fast'])
})

test('without PyTorch measures own speeds only, and no epoch of a text network', async () => {
  const findings = await found(['minilm'], { torch: null })
  expect(findings.map(({ check, mode }) => `${check}: ${mode}`)).toEqual([
    'speed: float32 fast',
    'speed: bfloat16 fast',
  ])
})
