import { availableParallelism } from 'node:os'
import PQueue from 'p-queue'

/** A few at a time. Ends with the first failure. */
export async function forEach<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  const queue = new PQueue({ concurrency: availableParallelism() })
  try {
    await queue.addAll(items.map((item, index) => () => work(item, index)))
  } finally {
    queue.clear()
  }
}
