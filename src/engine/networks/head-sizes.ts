import { z } from 'zod'
import type { Problem } from '../../shared/basics/error.ts'
import { heads } from '../heads/index.ts'

/** Keys of networks that are sizes of a head, each with the head that has it. */
const owners = () =>
  new Map(heads.entries().flatMap(([head, { sizes = {} }]) => Object.keys(sizes).map((key) => [key, head])))

type Sized = Readonly<Record<string, unknown>> & { head: string }

/** Sizes of a network's head, with defaults for those left out. */
export function headSizes({ head, ...network }: Sized): Record<string, number> {
  const sizes = Object.entries(heads.get(head).sizes ?? {})
  return Object.fromEntries(
    sizes.map(([key, { defaultValue }]) => [key, (network[key] as number | undefined) ?? defaultValue]),
  )
}

/** The network without sizes of heads. */
export function withoutHeadSizes<Network extends object>(network: Network): Network {
  const known = owners()
  return Object.fromEntries(Object.entries(network).filter(([key]) => !known.has(key))) as Network
}

/** The schema of an object that names a head, with the sizes of heads as optional keys. */
export function withHeadSizes<Output>(schema: z.ZodType<Output>): z.ZodType<Output> {
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const { discriminator, options } = schema.def
    const own = options.map((option) => withHeadSizes(option as z.ZodType))
    return z.discriminatedUnion(
      discriminator,
      own as unknown as [z.core.$ZodTypeDiscriminable],
    ) as unknown as z.ZodType<Output>
  }
  const sizes = heads.sealedEntries().flatMap(([, { sizes = {} }]) => Object.entries(sizes))
  const keys = sizes.map(([key, { defaultValue, meaning }]) => [
    key,
    z.int().positive().optional().describe(`${meaning} Default: ${defaultValue}.`),
  ])
  const object = schema as unknown as z.ZodObject
  const extended = object.extend(Object.fromEntries(keys) as z.ZodRawShape)
  return (object.meta() ? extended.meta(object.meta()!) : extended) as unknown as z.ZodType<Output>
}

/** Sizes of another head than the network's, which may be no name at all. `defaultHead`: the head of a network that names none. */
export function foreignSizes(network: Readonly<Record<string, unknown>>, defaultHead: string): Problem[] {
  const head = network['head'] ?? defaultHead
  if (typeof head !== 'string') return []
  return [...owners()]
    .filter(([key, owner]) => network[key] !== undefined && owner !== head)
    .map(([key, owner]) => ({
      path: [key],
      message: `only head ${owner} has a ${key}, not ${head}; leave it out`,
    }))
}
