import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { ExitlabError } from '../../shared/error.ts'
import { decodeMetadata } from '../../shared/safetensors.ts'
import type { WeightsRef } from '../../shared/trainer.ts'
import { NoFileError, openRegularFile, readRegularFile } from './regular-file.ts'

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

/** Largest size that Node reads or writes at once. Hashing a file of terabytes would take days. */
const largestFile = 2 ** 31 - 1

/** Fault of a file, as the end of a sentence; null if checksum and marks match the recorded ones. */
export async function faultOf({ path, ...expected }: ExpectedFile): Promise<string | null> {
  try {
    await using file = await openRegularFile(path)
    const { size } = await file.stat()
    if (size > largestFile) return `is damaged: it has ${size} bytes, more than the maximum`
    const header = expected.marks ? await headerOf(file) : null
    const hash = createHash('sha256')
    await pipeline(file.createReadStream({ start: 0, autoClose: false }), hash)
    return faultIn({ header, sha256: hash.digest('hex') }, expected)
  } catch (error) {
    return unreadable(error)
  }
}

/** Whether weights are no longer those that their phase wrote. */
export async function isDamaged({ file: path, sha256, phaseId }: WeightsRef): Promise<boolean> {
  return (await faultOf({ path, sha256, marks: weightsMarks(phaseId) })) !== null
}

/** The bytes of a file, or its fault as by `faultOf`; `error`: why it cannot be read, if that says nothing about its content. */
export async function readVerified({
  path,
  ...expected
}: ExpectedFile): Promise<{ bytes: Buffer; fault: null } | { bytes: null; fault: string; error?: unknown }> {
  try {
    const bytes = await readRegularFile(path)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const fault = faultIn({ header: bytes, sha256 }, expected)
    return fault === null ? { bytes, fault } : { bytes: null, fault }
  } catch (error) {
    const says = error instanceof NoFileError || (error as NodeJS.ErrnoException).code === 'ENOENT'
    return { bytes: null, fault: unreadable(error), ...(says ? {} : { error }) }
  }
}

function unreadable(error: unknown): string {
  if (error instanceof NoFileError) return error.what
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined) throw error
  return code === 'ENOENT' ? 'is missing' : `cannot be read: ${message}`
}

/** That a file belongs to another phase is more helpful than a wrong checksum. */
function faultIn(
  found: { header: Uint8Array | null; sha256: string },
  { sha256, marks }: Omit<ExpectedFile, 'path'>,
): string | null {
  const ofOthers = found.header && marks ? identityFault(found.header, marks) : null
  if (ofOthers !== null) return ofOthers
  return found.sha256 === sha256 ? null : 'is damaged: its SHA-256 differs from the recorded one'
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

async function headerOf(file: FileHandle): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(longestHeader), 0, longestHeader, 0)
  return buffer.subarray(0, bytesRead)
}
