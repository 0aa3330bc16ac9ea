import { hash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { bytes as sizeInWords } from '../../../../shared/format/numbers.ts'
import type { NetworkFile, NetworkReport } from '../../../../shared/network/network-file.ts'
import { describeNetwork } from '../../../../engine/networks/onnx/describe.ts'
import { readHashedFile } from '../../../../files/hashed-file.ts'
import { readOnnx } from '../../../../shared/onnx-file/read-model.ts'

export interface NetworkWork {
  /** Absolute. */
  path: string
  /** Height and width of the images; default: the file's. */
  side?: readonly [number, number] | undefined
  /** Modules that blocks end with; default: those that are found. */
  sites?: readonly string[] | undefined
}

/** Bytes of an ONNX file: what the format itself can have. */
const mostBytes = 2 ** 31 - 1

const sha256Of = (content: string | Uint8Array) => hash('sha256', content)

/** Reads an ONNX file as a network. @throws ExitlabError `data`, with what is wrong and what to do. */
export async function readNetwork({
  path,
  ...options
}: NetworkWork): Promise<{ file: NetworkFile; report: NetworkReport }> {
  const refuse = (what: string) => new ExitlabError('data', `The file ${path} ${what}.`)
  const found = await stat(path).catch(() => null)
  if (found && found.size > mostBytes)
    throw refuse(`has ${sizeInWords(found.size)}; ONNX files with their weights have at most 2 GB`)
  const { bytes, sha256 } = await readHashedFile(path, refuse)
  return describeNetwork(readOnnx(bytes, path), { file: path, sha256, hash: sha256Of, ...options })
}
