import { hash } from 'node:crypto'
import { z } from 'zod'
import { contract } from '../../../contract/index.ts'
import { runSummary } from '../../../shared/runs/runs.ts'

/** Hash of what requests and answers look like. A host and a client of other code may not understand each other. */
export function contractRevision(): string {
  return hash('sha256', JSON.stringify([shapesOf(contract), shapeOf(runSummary, 'output')]))
}

interface Procedure {
  '~orpc': { inputSchema?: unknown; outputSchema?: unknown }
}
type Router = { [name: string]: Router | Procedure }

function shapesOf(router: Router | Procedure): unknown {
  if (!isProcedure(router))
    return Object.fromEntries(Object.entries(router).map(([name, inner]) => [name, shapesOf(inner)]))
  const { inputSchema, outputSchema } = router['~orpc']
  return [shapeOf(inputSchema, 'input'), shapeOf(outputSchema, 'output')]
}

const isProcedure = (node: Router | Procedure): node is Procedure => '~orpc' in node

/** Streams have schemas that are not zod's. */
function shapeOf(schema: unknown, io: 'input' | 'output'): unknown {
  return schema instanceof z.ZodType ? z.toJSONSchema(schema, { io, unrepresentable: 'any' }) : null
}
