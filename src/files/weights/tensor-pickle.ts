import type { ExitlabError } from '../../shared/basics/error.ts'
import { isKind, type Item, latin1, type Named, parsePickle, type PickleKind } from '../pickle/pickle.ts'
import { torchTypes, type ElementType } from './element-types.ts'
import { countOf, numbersNeeded } from './stored-array.ts'

/** A tensor as PyTorch pickles it: a view of numbers that lie outside of the pickle. */
interface PickledTensor {
  type: ElementType
  /** Name of the file with the numbers. */
  storage: string
  offset: number
  shape: number[]
  strides: number[]
}

type Refusal = (what: string) => ExitlabError

/**
 * The tensors of what `torch.save` has written, by their names: of a dict of tensors, or of the one that a checkpoint holds
 * beside other things. Nothing in the pickle is ever called. Throws `refusal` where it holds anything else.
 */
export function pickledTensors(bytes: Uint8Array, refusal: Refusal): Map<string, PickledTensor> {
  return stateOf(parsePickle(bytes, tensorPickle(refusal)), refusal)
}

export class Tensor implements PickledTensor {
  readonly type: ElementType
  readonly storage: string
  readonly offset: number
  readonly shape: number[]
  readonly strides: number[]

  constructor({ type, storage, offset, shape, strides }: PickledTensor) {
    this.type = type
    this.storage = storage
    this.offset = offset
    this.shape = shape
    this.strides = strides
  }
}

/** Dicts under which checkpoints keep the weights, the likeliest first. */
const wrappers = ['state_dict', 'model_state_dict', 'model', 'weights', 'net']

function stateOf(content: Item, refusal: Refusal): Map<string, Tensor> {
  if (!(content instanceof Map)) throw refusal('it holds no dict of tensors')
  const own = tensorsOf(content)
  if (own.size > 0) return own
  // One dict may stand under many keys.
  const dicts = new Set([...new Set<unknown>(content.values())].filter((value) => tensorsOf(value).size > 0))
  const held = [...content].flatMap(([key, value]) => (dicts.has(value) ? [key] : []))
  const key = wrappers.find((each) => held.includes(each)) ?? (held.length === 1 ? held[0]! : null)
  if (key !== null) return tensorsOf(content.get(key))
  if (held.length > 1)
    throw refusal(`it holds several dicts of tensors, ${held.join(', ')}: save the one that is meant`)
  throw refusal('it holds no tensors')
}

function tensorsOf(content: unknown): Map<string, Tensor> {
  if (!(content instanceof Map)) return new Map()
  const entries = [...(content as Map<string, unknown>)]
  return new Map(entries.filter((entry): entry is [string, Tensor] => entry[1] instanceof Tensor))
}

const storages = [...torchTypes.keys()].map((name) => [`torch ${name}`, name] as const)

/** What tensors, and the dicts that they are in, are pickled with. */
export const tensorCallables: PickleKind['callables'] = {
  'torch._utils _rebuild_tensor_v2': 'tensor',
  'torch._utils _rebuild_parameter': 'parameter',
  'collections OrderedDict': 'dict',
  ...Object.fromEntries(storages),
}

function tensorPickle(refusal: Refusal): PickleKind {
  return {
    refusal,
    callables: tensorCallables,
    call: (callable, values) => tensorOf(callable, Array.isArray(values) ? values : [], refusal),
    // The attributes of a dict, such as the versions of modules, say nothing of its tensors.
    build(item) {
      if (!(item instanceof Map)) throw refusal('an object that is no dict')
    },
    outside: (id) => storageOf(Array.isArray(id) ? id : [], refusal),
  }
}

/** What a call of one of `tensorCallables` stands for. */
export function tensorOf(callable: Named, values: Item[], refusal: Refusal): Item {
  if (isKind(callable, 'dict')) return new Map()
  const [first, offset, shape, strides] = values
  if (isKind(callable, 'parameter') && first instanceof Tensor) return first
  if (!isKind(callable, 'tensor') || !(first instanceof Storage)) throw refusal('a call that is not known')
  if (!isSizes([offset]) || !isSizes(shape) || !isSizes(strides) || shape.length !== strides.length)
    throw refusal('a tensor without sizes')
  const view = { shape, strides, offset: offset as number }
  // Views that repeat numbers are refused: a small file could fill the memory.
  if (Math.max(countOf(shape), numbersNeeded(view)) > first.count)
    throw refusal('a tensor that is larger than its numbers')
  return new Tensor({ type: first.type, storage: first.key, ...view })
}

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0)

class Storage {
  readonly type: ElementType
  readonly key: string
  readonly count: number

  constructor(type: ElementType, key: string, count: number) {
    this.type = type
    this.key = key
    this.count = count
  }
}

/** The numbers outside of the pickle that a tensor is of: `('storage', class, file, device, numbers)`. */
export function storageOf([word, named, key, , count]: Item[], refusal: Refusal): Storage {
  const [, type] = [...torchTypes].find(([name]) => named !== undefined && isKind(named, name)) ?? []
  const isStorage = word instanceof Uint8Array && latin1(word) === 'storage'
  if (!isStorage || !type || !(key instanceof Uint8Array) || !isSizes([count]))
    throw refusal('numbers that are not known')
  return new Storage(type, latin1(key), count as number)
}
