import { createHash, hash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { decodeSafetensors, encodeSafetensors } from '../../../shared/safetensors/safetensors.ts'
import { writeDurably } from '../../../files/durable-file.ts'
import type { TokenisedTexts } from './tokenise.ts'

const arrays = ['ids', 'starts', 'firstLengths', 'fullLengths'] as const
const format = '1'

/** Everything that tokens follow from. */
interface TokenKey {
  /** Fingerprint of the texts. */
  texts: string
  split: 'train' | 'test'
  /** SHA-256 of the tokenizer. */
  tokenizer: string
  maxLength: number
}

/**
 * Tokens from the cache folder, else from `make`, so that texts are tokenised once. Damaged files are made again. The folder may be
 * deleted at any time.
 */
export async function cachedTokens(
  folder: string,
  key: TokenKey,
  make: () => Promise<TokenisedTexts>,
): Promise<TokenisedTexts> {
  const name = hash('sha256', JSON.stringify([format, key.texts, key.split, key.tokenizer, key.maxLength]))
  const path = join(folder, `${name}.safetensors`)
  const kept = await read(path)
  if (kept !== null) return kept
  const made = await make()
  // If the folder cannot be written, or another trainer writes the same file, only time is lost.
  await keep(path, made).catch(() => undefined)
  return made
}

async function keep(path: string, tokens: TokenisedTexts): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeDurably(path, encodeSafetensors(namedArrays(tokens), { content: 'tokens', sha256: sealOf(tokens) }))
}

const namedArrays = (tokens: TokenisedTexts) =>
  Object.fromEntries(arrays.map((name) => [name, { shape: [tokens[name].length], values: tokens[name] }]))

/** Null if there are none, or they are damaged. */
async function read(path: string): Promise<TokenisedTexts | null> {
  const bytes = await readFile(path).catch(() => null)
  if (bytes === null) return null
  try {
    const { arrays: found, metadata } = decodeSafetensors(bytes, path)
    const tokens = Object.fromEntries(arrays.map((name) => [name, found[name]?.values])) as unknown as TokenisedTexts
    return arrays.every((name) => tokens[name] instanceof Int32Array) && metadata['sha256'] === sealOf(tokens)
      ? tokens
      : null
  } catch {
    return null
  }
}

function sealOf(tokens: TokenisedTexts): string {
  const digest = createHash('sha256')
  for (const name of arrays) {
    const { buffer, byteOffset, byteLength } = tokens[name]
    digest.update(`${name} ${byteLength}\n`).update(new Uint8Array(buffer, byteOffset, byteLength))
  }
  return digest.digest('hex')
}
