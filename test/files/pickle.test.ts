import { expect, test } from 'vitest'
import { latin1Bytes } from '../../src/files/pickle/latin1-bytes.ts'
import { parsePickle, type PickleKind } from '../../src/files/pickle/pickle.ts'

const refusal = (what: string) => new Error(what) as ReturnType<PickleKind['refusal']>

/** Knows the function that stands for bytes in protocol 2 of Python 3, and counts its calls. */
function counting() {
  const lengths: number[] = []
  const kind: PickleKind = {
    refusal,
    callables: { '_codecs encode': 'encode' },
    call(_, values) {
      const bytes = latin1Bytes((values as [Uint8Array])[0], refusal)
      lengths.push(bytes.length)
      return bytes
    },
    build: (_, state) => void lengths.push((state as [Uint8Array])[0].length),
  }
  return { kind, lengths }
}

const bytesOf = (...parts: (string | Uint8Array)[]) =>
  Buffer.concat(parts.map((each) => Buffer.from(each as string, 'latin1')))
const text = (length: number) => {
  const size = Buffer.alloc(4)
  size.writeInt32LE(length)
  return bytesOf('X', size, 'a'.repeat(length), 'q\x00')
}
const encode = 'c_codecs\nencode\n'

test.each([
  ['NONE, which fill the stack', 'N'],
  ['MARK', '('],
])('a pickle of millions of operations is refused: %s', (_, operation) => {
  expect(() => parsePickle(bytesOf('\x80\x02', operation.repeat(2_000_001)), counting().kind)).toThrow(
    'it has more than 2,000,000 operations',
  )
})

test('a pickle with a list of a million values is read', () => {
  const list = parsePickle(bytesOf('\x80\x02](', 'N'.repeat(1_000_000), 'e.'), counting().kind)
  expect(list).toHaveLength(1_000_000)
})

test('each text may be encoded, and put into an object, once', () => {
  const { kind, lengths } = counting()
  expect(parsePickle(bytesOf('\x80\x02', encode, text(1000), '\x85R.'), kind)).toEqual(new Uint8Array(1000).fill(0x61))
  parsePickle(bytesOf('\x80\x02', encode, text(1000), '\x85R}h\x00\x85b.'), kind)
  expect(lengths).toEqual([1000, 1000, 1000])
})

test.each([
  ['encoded', `${encode}h\x00\x85R`],
  ['put into an object', '}h\x00\x85b'],
])('one text that is %s thousands of times is refused before it fills the memory', (_, again) => {
  const { kind, lengths } = counting()
  const bytes = bytesOf('\x80\x02', text(1_000_000), again.repeat(10_000), '.')
  expect(() => parsePickle(bytes, kind)).toThrow('it uses the same values again and again')
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThan(5 * bytes.length)
})
