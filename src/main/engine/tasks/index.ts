import type { NetworkSpec } from '../../../shared/network.ts'
import { classification } from './classification.ts'
import type { Task } from './task.ts'

export { type Meter, scoresOf, type Task } from './task.ts'

/** What a network learns. */
export function taskOf(_network: NetworkSpec): Task {
  return classification
}
