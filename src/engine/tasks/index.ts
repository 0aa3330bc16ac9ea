import type { NetworkSpec } from '../../shared/network/network.ts'
import type { TaskName } from '../../shared/methods/task.ts'
import { classification } from './classification.ts'
import { regression } from './regression.ts'
import type { Task } from './task.ts'

export type { Task } from './task.ts'

const tasks: Readonly<Record<TaskName, Task>> = { classification, regression }

/** Registry of tasks. */
export const taskOf = ({ task }: Pick<NetworkSpec, 'task'>): Task => tasks[task ?? 'classification']
