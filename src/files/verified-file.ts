import type { FileHandle } from 'node:fs/promises'
import { ExitlabError } from '../shared/basics/error.ts'
import { decodeMetadata } from '../shared/safetensors/safetensors.ts'
import type { WeightsRef } from '../shared/phases/checkpoint-ref.ts'
import { copyDurably, diskError } from './durable-file.ts'
import { readRange, sha256Of } from './pieces.ts'
import { NoFileError, openRegularFile, readStartSync, whyUnreadable } from './regular-file.ts'

/** Marks of a safetensors file that identify its content. */
export interface Marks {
  content: 'weights' | 'evaluation'
  phase: string
  /** Of an evaluation: SHA-256 of the weights, and the fingerprint of the images. */
  weights?: string
  dataset?: string
}

export interface ExpectedFile {
  path: string
  sha256: string
  /** Left out: the file says nothing of itself. */
  marks?: Marks
}

export function weightsMarks(phase: string): Marks {
  return { content: 'weights', phase }
}

/** Largest size that a file of ours can have: it is hashed in a minute. One of terabytes would take days. */
const largestFile = 2 ** 36

/**
 * Opens a file whose checksum and marks match the recorded ones. Else `fault` is what is wrong, as the end of a sentence;
 * `error`: why it cannot be read, if that says nothing about its content.
 */
export async function openVerified({
  path,
  ...expected
}: ExpectedFile): Promise<{ file: FileHandle; fault: null } | { file: null; fault: string; error?: unknown }> {
  try {
    const file = await openRegularFile(path)
    const fault = await faultIn(file, expected).catch(async (error: unknown) => {
      await file.close()
      throw error
    })
    if (fault === null) return { file, fault }
    await file.close()
    return { file: null, fault }
  } catch (error) {
    const says = error instanceof NoFileError || (error as NodeJS.ErrnoException).code === 'ENOENT'
    return { file: null, fault: unreadable(error), ...(says ? {} : { error }) }
  }
}

/** Fault of a file, as the end of a sentence; null if checksum and marks match the recorded ones. */
export async function faultOf(expected: ExpectedFile): Promise<string | null> {
  const { file, fault } = await openVerified(expected)
  await file?.close()
  return fault
}

/** As `faultOf`, where a fault has its file computed again. @throws why a file cannot be read at the moment: it may be sound. */
export async function damageOf(expected: ExpectedFile): Promise<string | null> {
  const { file, fault } = await openReadable(expected)
  await file?.close()
  return fault
}

async function openReadable(expected: ExpectedFile): ReturnType<typeof openVerified> {
  const opened = await openVerified(expected)
  if (opened.file === null && opened.error !== undefined) throw diskError(expected.path, opened.error, 'read')
  return opened
}

/** The phase that a file of weights or of an evaluation says it is of; undefined where it says nothing or cannot be read. */
export function phaseIn(path: string): string | undefined {
  try {
    return metadataOf(readStartSync(path, longestHeader))['phase']
  } catch (error) {
    if (error instanceof NoFileError || (error as NodeJS.ErrnoException).code !== undefined) return undefined
    throw error
  }
}

/** Whether weights are no longer those that their phase wrote; false where they cannot be read at the moment. */
export async function isDamaged({ file: path, sha256, phaseId }: WeightsRef): Promise<boolean> {
  const opened = await openVerified({ path, sha256, marks: weightsMarks(phaseId) })
  await opened.file?.close()
  return opened.file === null && opened.error === undefined
}

/** Copies a file durably. @returns its fault as by `faultOf`; then nothing is copied. */
export const copyVerified = async (expected: ExpectedFile, to: string): Promise<string | null> =>
  copied(await openVerified(expected), to)

/** The same. @throws as `damageOf`. */
export const copyReadable = async (expected: ExpectedFile, to: string): Promise<string | null> =>
  copied(await openReadable(expected), to)

async function copied({ file, fault }: Awaited<ReturnType<typeof openVerified>>, to: string): Promise<string | null> {
  if (file === null) return fault
  await using source = file
  await copyDurably(source, to)
  return null
}

function unreadable(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined && !(error instanceof NoFileError)) throw error
  return code === 'ENOENT' ? 'is missing' : whyUnreadable(error)
}

/** That a file belongs to another phase is more helpful than a wrong checksum. */
async function faultIn(file: FileHandle, { sha256, marks }: Omit<ExpectedFile, 'path'>): Promise<string | null> {
  const { size } = await file.stat()
  if (size > largestFile) return `is damaged: it has ${size} bytes, more than the maximum`
  const ofOthers = marks ? identityFault(await readRange(file, 0, Math.min(size, longestHeader)), marks) : null
  if (ofOthers !== null) return ofOthers
  return (await sha256Of(file)) === sha256 ? null : 'is damaged: its SHA-256 differs from the recorded one'
}

/** In which way a file is of another phase, other weights or other images; null where its marks agree or, as in old evaluations, are missing. */
function identityFault(header: Uint8Array, marks: Marks): string | null {
  const found = metadataOf(header)
  const differs = (mark: keyof Marks) => found[mark] !== undefined && found[mark] !== marks[mark]
  if (differs('phase')) return `belongs to another phase, ${found.phase}: it is in the wrong folder`
  if (differs('content')) return `does not contain ${marks.content}`
  if (differs('weights')) return 'belongs to other weights than those of its phase'
  return differs('dataset') ? 'belongs to other images than those on which its phase was trained' : null
}

function metadataOf(header: Uint8Array): Record<string, string> {
  try {
    return decodeMetadata(header)
  } catch (error) {
    // Then its hash is another one as well.
    if (error instanceof ExitlabError) return {}
    throw error
  }
}

/** Of networks with a thousand parameter arrays it is a tenth of that. */
const longestHeader = 1 << 20
