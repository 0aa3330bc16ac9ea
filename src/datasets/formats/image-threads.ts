import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import PQueue from 'p-queue'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { SharedTensorFlow } from '../../engine/tensorflow/jpeg-decoder.ts'
// Says what may be decoded, before there is any thread.
import './decode.ts'
import type { ThreadAnswer, ThreadWork } from './image-worker.ts'
import type { ImageWork, Target } from './prepare-images.ts'

const threadCount = availableParallelism()

/** Pieces of work that a thread has at a time: it goes on with one while a file of the other is read and decoded outside it. */
const worksAThread = 2

const queue = new PQueue({ concurrency: threadCount * worksAThread })

interface Thread {
  worker: Worker
  /** What it works on, by number. */
  works: Map<number, PromiseWithResolvers<boolean[]>>
  /** Memory that it shares with this thread and that no work uses now. */
  spare: SharedArrayBuffer[]
}

/** They are started when there is work for them, and do not keep the process alive without. */
const threads = new Set<Thread>()
let workCount = 0

let tensorFlow: SharedTensorFlow | null = null

/** From now on threads decode JPEG files by the TensorFlow that the process has opened: the same bytes in half the time. */
export function decodeByTensorFlow(opened: SharedTensorFlow): void {
  tensorFlow = opened
}

/** Prepares images in a thread, which writes them to the target or, where it cannot, to memory that they are copied from. @throws ExitlabError `data` naming the file that is damaged. */
export function prepareInThread(work: Omit<ImageWork, 'target'>, target: Target): Promise<void> {
  return queue.add(async () => {
    const thread = freestThread()
    if (isShared(target)) return void (await answered(thread, { ...work, target }))
    // Kept for the next work: buffers that are transferred would be allocated anew, and cleared, each time.
    const spare = thread.spare.pop()
    const memory = spare && spare.byteLength >= target.byteLength ? spare : new SharedArrayBuffer(target.byteLength)
    const written = new (target.constructor as Float32ArrayConstructor)(memory, 0, target.length)
    await answered(thread, { ...work, target: written })
    target.set(written)
    thread.spare.push(memory)
  })
}

/** Whether other threads can write to it. */
export const isShared = ({ buffer }: Target) => buffer instanceof SharedArrayBuffer

/** Whether each of some images can be decoded. @throws ExitlabError `data` naming a file that cannot be read. */
export function soundInThread(paths: readonly string[]): Promise<boolean[]> {
  return queue.add(() => answered(freestThread(), { checked: paths }))
}

function freestThread(): Thread {
  const [freest] = [...threads].toSorted((a, b) => a.works.size - b.works.size)
  if (freest && (freest.works.size === 0 || threads.size === threadCount)) return freest
  return startThread()
}

function answered({ worker, works }: Thread, work: ThreadWork['work']): Promise<boolean[]> {
  const id = workCount++
  const answer = Promise.withResolvers<boolean[]>()
  works.set(id, answer)
  worker.ref()
  worker.postMessage({ id, work, tensorFlow } satisfies ThreadWork)
  return answer.promise
}

function startThread(): Thread {
  const worker = new Worker(new URL('./image-worker.ts', import.meta.url))
  const thread: Thread = { worker, works: new Map(), spare: [] }
  const { works } = thread
  threads.add(thread)
  worker.on('message', ({ id, refusal, sound }: ThreadAnswer) => {
    const { resolve, reject } = works.get(id)!
    works.delete(id)
    if (works.size === 0) worker.unref()
    if (refusal) reject(new ExitlabError(refusal.code, refusal.message))
    else resolve(sound)
  })
  worker.on('error', (error) => {
    threads.delete(thread)
    works.forEach(({ reject }) => reject(error))
  })
  return thread
}
