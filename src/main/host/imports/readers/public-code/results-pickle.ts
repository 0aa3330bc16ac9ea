import { buildNumpy, NumpyArray, numpyCallables, numpyOf } from '../../../../../files/pickle/numpy.ts'
import {
  isKind,
  parsePickle,
  type Item,
  type PickleKind,
  type PickleValue,
} from '../../../../../files/pickle/pickle.ts'
import { storageOf, Tensor, tensorCallables, tensorOf } from '../../../../../files/weights/tensor-pickle.ts'
import { openTorchArchive, type TorchArchive } from '../../../../../files/weights/torch-file.ts'
import { countOf } from '../../../../../files/weights/stored-array.ts'
import { badSource } from '../import-choice.ts'
import { numberTypes, type NumberType } from '../number-types.ts'

/** An object of which only the state is kept, as a dict: nothing of its class is run. */
class Inert {
  state: PickleValue = null
}

/** Classes of settings (OmegaConf, argparse, paths) whose objects become inert. */
const inertCallables: PickleKind['callables'] = Object.fromEntries(
  [
    ...['dictconfig DictConfig', 'listconfig ListConfig', 'base ContainerMetadata', 'base Metadata'],
    ...['AnyNode', 'StringNode', 'IntegerNode', 'FloatNode', 'BooleanNode', 'BytesNode', 'PathNode', 'EnumNode'].map(
      (node) => `nodes ${node}`,
    ),
  ]
    .map((name) => [`omegaconf.${name}`, 'inert'])
    .concat(
      ['argparse Namespace', 'torch device'].map((name) => [name, 'inert']),
      ['PosixPath', 'PurePosixPath', 'WindowsPath', 'PureWindowsPath'].flatMap((name) => [
        [`pathlib ${name}`, 'inert'],
        [`pathlib._local ${name}`, 'inert'],
      ]),
      ['Any', 'Union', 'Optional'].map((name) => [`typing ${name}`, 'type']),
      ['dict', 'list', 'tuple', 'str', 'int', 'float', 'bool', 'bytes', 'object', 'NoneType'].flatMap((name) => [
        [`__builtin__ ${name}`, 'type'],
        [`builtins ${name}`, 'type'],
      ]),
      ['defaultdict', 'Counter'].map((name) => [`collections ${name}`, 'dict']),
    ),
)

/** Values of a result of the public code: texts, numbers and lists of numbers by their keys, and what else stands there as it is. */
export interface PickledResults {
  keys: string[]
  text(key: string): string | null
  number(key: string): number | null
  boolean(key: string): boolean | null
  /** A list, a tensor or an array of numbers; null where there is none. */
  numbers(key: string): number[] | null
  /** The same of a dict, or of settings, below a key. */
  below(key: string): PickledResults
}

/** Settings, and lists of a hundred thousand numbers; the numbers of tensors lie beside it. Its size also bounds what its calls copy. */
const largestPickle = 2 * 2 ** 20

/** Reads a file of `torch.save` that holds a dict of results. Nothing in it is ever called. @throws ExitlabError `data` for anything but tensors, NumPy numbers and settings. */
export function readResultsPickle(path: string, bytes: Buffer): PickledResults {
  const refusal = (what: string) => badSource(path, `${what}.`)
  const archive = openTorchArchive(bytes, refusal)
  const kind = resultsPickle((what) =>
    refusal(`holds more than numbers and settings, and nothing in it is run: ${what}`),
  )
  if (archive.pickle.length > largestPickle)
    throw refusal(
      `has a pickle of ${archive.pickle.length} bytes, more than the maximum of ${largestPickle / 2 ** 20} MiB`,
    )
  const content = parsePickle(archive.pickle, kind)
  if (!(content instanceof Map)) throw refusal('holds no dict of results')
  return resultsOf(content, archive)
}

function resultsPickle(refusal: PickleKind['refusal']): PickleKind {
  return {
    refusal,
    callables: { ...tensorCallables, ...numpyCallables, ...inertCallables },
    call(callable, given) {
      if (isKind(callable, 'inert')) return new Inert()
      if (callable.kind === 'encode' || callable.kind.startsWith('numpy-')) return numpyOf(callable, given, refusal)
      return tensorOf(callable, Array.isArray(given) ? (given as Item[]) : [], refusal)
    },
    build(item, state) {
      if (item instanceof Inert) item.state = state as PickleValue
      else if (!(item instanceof Map) && !buildNumpy(item, state, refusal)) throw refusal('an object that is not known')
    },
    outside: (id) => storageOf(Array.isArray(id) ? id : [], refusal),
  }
}

function resultsOf(content: ReadonlyMap<string, unknown>, archive: TorchArchive): PickledResults {
  const at = (key: string) => settled(content.get(key))
  return {
    keys: [...content.keys()],
    text: (key) => textOf(at(key)),
    number: (key) => numbersOf([at(key)], archive)?.[0] ?? null,
    boolean: (key) => (typeof at(key) === 'boolean' ? (at(key) as boolean) : null),
    numbers: (key) => numbersOf(at(key), archive),
    below: (key) => resultsOf(dictOf(at(key)), archive),
  }
}

/** The value of a node of OmegaConf. */
function settled(value: unknown): unknown {
  const state = value instanceof Inert ? value.state : null
  return state instanceof Map && state.has('_val') ? state.get('_val') : value
}

/** A dict, or what settings hold. */
function dictOf(value: unknown): ReadonlyMap<string, unknown> {
  if (value instanceof Map) return value as ReadonlyMap<string, unknown>
  if (!(value instanceof Inert) || !(value.state instanceof Map)) return new Map()
  const content = value.state.get('_content')
  return content instanceof Map ? content : value.state
}

const textOf = (value: unknown) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : null)

function numbersOf(value: unknown, archive: TorchArchive): number[] | null {
  if (value instanceof NumpyArray) return numpyNumbers(value)
  if (value instanceof Tensor) return tensorNumbers(value, archive)
  if (!Array.isArray(value)) return null
  const numbers = value.map((each) => (typeof each === 'number' ? each : singleOf(each, archive)))
  return numbers.every((each) => each !== null) ? numbers : null
}

/** Of a tensor or an array of one number. */
function singleOf(value: unknown, archive: TorchArchive): number | null {
  if (!(value instanceof Tensor) && !(value instanceof NumpyArray)) return null
  // A list may name one large tensor many times.
  if (value instanceof Tensor && countOf(value.shape) !== 1) return null
  const numbers = numbersOf(value, archive)
  return numbers?.length === 1 ? numbers[0]! : null
}

/** By NumPy's codes. */
const numpyTypes: Readonly<Record<string, NumberType>> = {
  f8: numberTypes.float64,
  f4: numberTypes.float32,
  f2: numberTypes.float16,
  i8: numberTypes.int64,
  i4: numberTypes.int32,
  u8: numberTypes.uint64,
  u4: numberTypes.uint32,
}

/** The numbers of an array of at most one axis; null of any other, and of types that results do not have. */
function numpyNumbers({ shape, type: { code, isBigEndian }, bytes }: NumpyArray): number[] | null {
  const type = numpyTypes[code]
  if (shape.length > 1 || !type || isBigEndian || bytes.length % type.bytes !== 0) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.length / type.bytes }, (_, i) => type.read(view, i * type.bytes))
}

/** Longest list that results have. */
const mostNumbers = 1_000_000

/** The numbers of a tensor of at most one axis; null of any other. */
function tensorNumbers({ type, storage, offset, shape, strides }: Tensor, archive: TorchArchive): number[] | null {
  const [length, stride] = [shape[0] ?? 1, strides[0] ?? 1]
  const bytes = archive.numbers(storage)
  const numbers = (numberTypes as Readonly<Record<string, NumberType>>)[type.name]
  if (shape.length > 1 || length > mostNumbers || bytes === undefined || numbers === undefined) return null
  if ((offset + (length - 1) * stride + 1) * type.size > bytes.length) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length }, (_, i) => numbers.read(view, (offset + i * stride) * type.size))
}
