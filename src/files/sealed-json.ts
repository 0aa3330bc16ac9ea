import { hash } from 'node:crypto'
import type { z } from 'zod'
import { canonicalJson } from '../shared/basics/canonical-json.ts'
import { NoFileError, readRegularFile } from './regular-file.ts'
import { writeDurably } from './durable-file.ts'

/** Writes a value with its seal beside it, the SHA-256 of the rest: an altered file is refused as a damaged one is. */
export async function writeSealed(path: string, value: object): Promise<void> {
  await writeDurably(path, new TextEncoder().encode(JSON.stringify({ ...value, seal: sealOf(value) })))
}

/** A sealed value; null if there is no file, or an invalid one. */
export async function readSealed<Schema extends z.ZodObject>(
  path: string,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  try {
    return parseSealed((await readRegularFile(path)).toString(), schema)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof NoFileError) return null
    throw error
  }
}

/** The value in the text of a sealed file; null if it is invalid. */
export function parseSealed<Schema extends z.ZodObject>(text: string, schema: Schema): z.infer<Schema> | null {
  try {
    const { seal, ...rest } = JSON.parse(text) as Record<string, unknown>
    return seal === sealOf(rest) ? (schema.safeParse(rest).data ?? null) : null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null
    throw error
  }
}

/** SHA-256 (hex) of a value in its one spelling. */
export function sealOf(value: unknown): string {
  return hash('sha256', canonicalJson(value))
}
