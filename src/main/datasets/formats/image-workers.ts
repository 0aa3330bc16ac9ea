import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import PQueue from 'p-queue'
import { ExitlabError } from '../../../shared/error.ts'
import type { WorkerAnswer } from './image-worker.ts'
import type { ImageSource, ImageWork, Sizing } from './prepare-images.ts'

/** Images that a thread prepares at a time. */
const chunkSize = 8

const queue = new PQueue({ concurrency: availableParallelism() })
/** Threads without work; they are started when there is more work than threads. */
const idle: Worker[] = []

/** Bytes of images at their size, [sources, height, width, channels]. @throws ExitlabError `data` naming the file that is damaged. */
export async function imageBytes(sources: readonly ImageSource[], sizing: Sizing): Promise<Uint8Array> {
  const { height, width, channels } = sizing.shape
  const images = new Uint8Array(sources.length * height * width * channels)
  await inChunks(sources, async (chunk, first) => {
    images.set(
      (await prepared({ ...sizing, sources: chunk, frames: null })) as Uint8Array,
      first * height * width * channels,
    )
  })
  return images
}

/** Images as a network takes them, in the order of the sources. @throws ExitlabError `data` naming the file that is damaged. */
export async function imageFrames(
  sources: readonly ImageSource[],
  sizing: Sizing,
  frames: NonNullable<ImageWork['frames']>,
): Promise<Float32Array> {
  const { shape } = sizing
  const size = (shape.height + 2 * frames.pad) * (shape.width + 2 * frames.pad) * shape.channels
  const values = new Float32Array(sources.length * size)
  await inChunks(sources, async (chunk, first) => {
    const drawn = frames.drawn.slice(first, first + chunk.length)
    values.set(
      (await prepared({ ...sizing, sources: chunk, frames: { ...frames, drawn } })) as Float32Array,
      first * size,
    )
  })
  return values
}

async function inChunks(
  sources: readonly ImageSource[],
  work: (chunk: ImageSource[], first: number) => Promise<void>,
): Promise<void> {
  const firsts = Array.from({ length: Math.ceil(sources.length / chunkSize) }, (_, chunk) => chunk * chunkSize)
  await Promise.all(firsts.map((first) => work(sources.slice(first, first + chunkSize), first)))
}

function prepared(work: ImageWork): Promise<Uint8Array | Float32Array> {
  return queue.add(async () => {
    const worker = idle.pop() ?? new Worker(new URL('./image-worker.ts', import.meta.url))
    worker.ref()
    worker.postMessage(work)
    const [answer] = (await once(worker, 'message')) as [WorkerAnswer]
    worker.unref()
    idle.push(worker)
    if ('images' in answer) return answer.images
    throw new ExitlabError(answer.refusal.code, answer.refusal.message)
  })
}
