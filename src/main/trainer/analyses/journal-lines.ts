import { z } from 'zod'
import type { Versions } from '../../files/checkpoint-manifest.ts'
import { versions } from '../../files/checkpoint-manifest.ts'
import { sealOf } from '../../files/sealed-json.ts'

/** Begins a journal, and says so where work goes on with another set-up. */
const setUp = z.strictObject({
  /** Seal of everything that the parts follow from. */
  question: z.string(),
  versions,
})
const part = z.strictObject({
  part: z.string(),
  /** Bytes of the values as 64-bit floats, in base64: every bit of them is kept. */
  values: z.base64(),
})

/** What a journal says. */
export interface JournalContent {
  /** Values of parts by key, in their order. */
  parts: Map<string, Float64Array>
  /** Set-ups under which they were worked out, in their order. */
  setUps: Versions[]
  /** Bytes of the lines that can be believed. */
  soundBytes: number
  /** Whether what comes behind them is more than the one line that was being written when the trainer died. */
  damaged: boolean
}

export function setUpLine(question: string, versions: Versions): Uint8Array {
  return sealedLine({ question, versions })
}

export function partLine(key: string, values: Float64Array): Uint8Array {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  return sealedLine({ part: key, values: bytes.toString('base64') })
}

function sealedLine(content: object): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ ...content, seal: sealOf(content) })}\n`)
}

/** Reads a journal as far as it can be believed; null where it is none, or one of another question. */
export function readJournal(bytes: Buffer, question: string): JournalContent | null {
  const content: JournalContent = { parts: new Map(), setUps: [], soundBytes: 0, damaged: false }
  while (content.soundBytes < bytes.length) {
    const end = bytes.indexOf('\n', content.soundBytes)
    if (end < 0 || !believe(content, unsealed(bytes.toString('utf8', content.soundBytes, end)), question)) {
      content.damaged = end >= 0 && end + 1 < bytes.length
      break
    }
    content.soundBytes = end + 1
  }
  return content.setUps.length === 0 ? null : content
}

/** Takes a line in; false where it is not what a journal of the question has there. */
function believe({ setUps, parts }: JournalContent, line: unknown, question: string): boolean {
  const begun = setUp.safeParse(line)
  if (begun.success) {
    if (begun.data.question === question) setUps.push(begun.data.versions)
    return begun.data.question === question
  }
  const { data } = part.safeParse(line)
  if (data === undefined || setUps.length === 0) return false
  parts.set(data.part, valuesOf(data.values))
  return true
}

/** What a line says, without its seal; null where that is broken. */
function unsealed(text: string): unknown {
  try {
    const { seal, ...content } = JSON.parse(text) as Record<string, unknown>
    return seal === sealOf(content) ? content : null
  } catch {
    return null
  }
}

/** Copied, because a Buffer may lie anywhere in memory and floats may not. */
function valuesOf(base64: string): Float64Array {
  return new Float64Array(new Uint8Array(Buffer.from(base64, 'base64')).buffer)
}
