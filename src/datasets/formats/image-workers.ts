import { isShared, prepareInThread } from './image-threads.ts'
import type { ImageFraming, ImageSource, Sizing } from './prepare-images.ts'

/** Images of a piece of work: so few that all threads are done with a batch at about the same time. */
const chunkSize = 4

/** Bytes of images at their size, [sources, height, width, channels]. @throws ExitlabError `data` naming the file that is damaged. */
export async function imageBytes(sources: readonly ImageSource[], sizing: Sizing): Promise<Uint8Array> {
  const { height, width, channels } = sizing.shape
  const size = height * width * channels
  const bytes = new Uint8Array(sources.length * size)
  await inChunks(sources, (chunk, first) => {
    const target = bytes.subarray(first * size, (first + chunk.length) * size)
    return prepareInThread({ ...sizing, sources: chunk, framing: null }, target)
  })
  return bytes
}

/** Images as a network takes them, in the order of the sources, written over `spare` where that is of their size. @throws ExitlabError `data` naming the file that is damaged. */
export async function imageFrames(
  sources: readonly ImageSource[],
  sizing: Sizing,
  { framing: { drawn, ...framing }, spare }: { framing: ImageFraming; spare?: Float32Array | undefined },
): Promise<Float32Array> {
  const { height, width, channels } = sizing.shape
  const size = (height + 2 * framing.pad) * (width + 2 * framing.pad) * channels
  const values = roomFor(sources.length * size, spare)
  await inChunks(sources, (chunk, first) => {
    const ofChunk = { ...framing, drawn: drawn.slice(first, first + chunk.length) }
    const target = values.subarray(first * size, (first + chunk.length) * size)
    return prepareInThread({ ...sizing, sources: chunk, framing: ofChunk }, target)
  })
  return values
}

/**
 * Room for values: that of earlier ones where threads can write to it. Memory that threads share is not collected in time, so it
 * takes the place of what is given back, and nothing else's.
 */
function roomFor(count: number, spare: Float32Array | undefined): Float32Array {
  if (spare?.length !== count) return new Float32Array(count)
  if (isShared(spare)) return spare
  return new Float32Array(new SharedArrayBuffer(spare.byteLength))
}

async function inChunks(
  sources: readonly ImageSource[],
  work: (chunk: ImageSource[], first: number) => Promise<void>,
): Promise<void> {
  const firsts = Array.from({ length: Math.ceil(sources.length / chunkSize) }, (_, chunk) => chunk * chunkSize)
  await Promise.all(firsts.map((first) => work(sources.slice(first, first + chunkSize), first)))
}
