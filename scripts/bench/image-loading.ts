import { availableParallelism } from 'node:os'
import { measure, measureScript, medianRatio, report, script } from './measure.ts'
import { photographs } from './photographs.ts'

interface Measurement {
  engine: string
  /** Threads, or processes, that prepare images: as many as there are cores. */
  workers: number
  images: number
  imagesPerSecond: number
  processorMsPerImage: number
}

interface ImageLoading {
  files: number
  rounds: number
  /** `torch`: torchvision and PyTorch's DataLoader do the same, alternately. */
  against?: string | undefined
  python: string
}

/** How fast made-up photographs become batches of a training; one JSON line a measurement, and one of ratios at the end. */
export async function benchImages({ files, rounds, against, python }: ImageLoading): Promise<void> {
  const folder = await photographs(files)
  const [ours, theirs]: [Measurement[], Measurement[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    ours.push(report(await measureScript<Measurement>('loading.ts', [folder])))
    if (against) theirs.push(report(await measure<Measurement>(python, torchArguments(folder))))
  }
  if (theirs.length > 0) report(ratios({ ours, theirs }))
}

const torchArguments = (folder: string) => [
  ...[script('torch_loading.py'), folder],
  ...['--workers', String(availableParallelism())],
]

function ratios(measured: { ours: Measurement[]; theirs: Measurement[] }) {
  return {
    case: 'images',
    against: measured.theirs[0]!.engine,
    rounds: measured.ours.length,
    speedRatio: medianRatio(measured, (a, b) => a.imagesPerSecond / b.imagesPerSecond),
    processorRatio: medianRatio(measured, (a, b) => b.processorMsPerImage / a.processorMsPerImage),
  }
}
