import type { PickleValue } from './machine.ts'
import { createMachine } from './machine.ts'
import { operations } from './operations.ts'
import { createReader } from './reader.ts'

export type { PickleValue } from './machine.ts'

const stop = 0x2e

/**
 * Reads a pickle of protocol 2, 3 or 4, as Python 2 or 3 writes it: dicts, lists, strings, numbers and numpy arrays of unsigned bytes,
 * which is all that the CIFAR files have. Nothing in it is ever called: numpy's constructors, and the encoding that stands for
 * bytes in protocol 2, are recognised by name.
 * @throws ExitlabError `data` for anything else.
 */
export function parsePickle(bytes: Uint8Array, file: string): PickleValue {
  const reader = createReader(bytes, file)
  const machine = createMachine(reader)
  for (;;) {
    const code = reader.byte()
    if (code === stop) return machine.value()
    const operation = operations[code]
    if (!operation) throw reader.refusal(`operation 0x${code.toString(16)} at byte ${reader.position() - 1}`)
    operation(machine, reader)
  }
}
