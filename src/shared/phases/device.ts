import { z } from 'zod'

/** Device that TensorFlow uses. */
export const deviceReport = z.object({
  kind: z.enum(['cpu', 'gpu']),
  name: z.string(),
  tensorflowVersion: z.string(),
  threads: z.int(),
})
export type DeviceReport = z.infer<typeof deviceReport>

/** A device in words; TensorFlow's name of a processor is the place of one in a cluster. */
export function deviceInWords({ kind, name }: Pick<DeviceReport, 'kind' | 'name'>): string {
  return kind === 'gpu' ? name : 'the processor'
}

/** An NVIDIA card that training may use. */
export const card = z.object({
  /** `N` of `cuda:N`. */
  index: z.int(),
  /** As CUDA_VISIBLE_DEVICES names it. */
  id: z.string(),
  name: z.string(),
  /** The others are null where the driver does not say. */
  memoryBytes: z.number().nullable(),
  /** Such as 8.6. */
  computeCapability: z.number().nullable(),
  driverVersion: z.string().nullable(),
})
export type Card = z.infer<typeof card>

const expected = 'expected cpu, cuda, or cuda:N such as cuda:1'
/** What trains, as people choose it: the processor, any NVIDIA card, or one of them. Where it is missing, runs fail; there is no fallback. */
export const deviceName = z.string(expected).regex(/^(cpu|cuda(:\d{1,3})?)$/, expected)
/** Whether a device is an NVIDIA card. */
export const isCard = (device: string): boolean => device !== 'cpu'

/** Those of the cards that a device names. */
export function cardsNamed(device: string, cards: readonly Card[]): readonly Card[] {
  return device === 'cuda' ? cards : cards.filter(({ index }) => device === `cuda:${index}`)
}
