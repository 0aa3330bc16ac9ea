import type { ExitlabError } from '../../shared/basics/error.ts'
import { numbersNeeded, storedArray, type StoredArray } from './stored-array.ts'
import { pickledTensors } from './tensor-pickle.ts'
import { zipFiles } from './zip-directory.ts'

type Refusal = (what: string) => ExitlabError

const zipMagic = 'PK\x03\x04'
/** How a pickle begins with which PyTorch's files began before version 1.6. */
const legacyMagic = '\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19'

const startsWith = (bytes: Buffer, magic: string) => bytes.toString('latin1', 0, magic.length) === magic

/** How pickles begin; safetensors begin so as well where the length of their header ends in this byte. */
const pickleMagic = 0x80
/** Byte after the 8 of the length: the brace of the header. */
const isSafetensors = (bytes: Buffer) => bytes.toString('latin1', 8, 9) === '{'

/** Whether it is a file of `torch.save`, whatever it is called. */
export function isTorchFile(bytes: Buffer): boolean {
  return startsWith(bytes, zipMagic) || (bytes[0] === pickleMagic && !isSafetensors(bytes))
}

/** What `torch.save` has written: a pickle, and beside it the numbers of its tensors by the names that these give. */
export interface TorchArchive {
  pickle: Uint8Array
  numbers(storage: string): Uint8Array | undefined
}

/** The parts of a file of `torch.save`, a zip archive. Throws `refusal` for what is none. */
export function openTorchArchive(bytes: Buffer, refusal: Refusal): TorchArchive {
  if (startsWith(bytes, legacyMagic))
    throw refusal('has the format of PyTorch before 1.6: load it in PyTorch and save its state_dict() again')
  if (!startsWith(bytes, zipMagic)) throw refusal('is a bare pickle, not a file that torch.save has written')
  const files = zipFiles(bytes, (problem) => refusal(`is damaged: ${problem}`))
  const pickle = [...files.keys()].find((name) => name.endsWith('/data.pkl'))
  if (pickle === undefined) throw refusal('is a zip archive, but none that torch.save has written: it has no data.pkl')
  const folder = pickle.slice(0, -'data.pkl'.length)
  const order = files.get(`${folder}byteorder`)
  if (order && Buffer.from(order).toString() !== 'little') throw refusal('holds big-endian numbers')
  return { pickle: files.get(pickle)!, numbers: (storage) => files.get(`${folder}data/${storage}`) }
}

/** The tensors of a file of `torch.save`. Throws `refusal` for what is none, or holds more than tensors. */
export function readTorchFile(bytes: Buffer, refusal: Refusal): Record<string, StoredArray> {
  const archive = openTorchArchive(bytes, refusal)
  const tensors = pickledTensors(archive.pickle, (what) =>
    refusal(`holds more than tensors, and nothing in it is run: ${what}. Save the state_dict() alone`),
  )
  const arrays = [...tensors].map(([name, { type, storage, ...view }]) => {
    const numbers = archive.numbers(storage)
    if (!numbers || numbers.length < numbersNeeded(view) * type.size)
      throw refusal(`is damaged: the numbers of ${name} are missing`)
    return [name, storedArray({ type, bytes: numbers, ...view })] as const
  })
  return Object.fromEntries(arrays)
}
