import { isContractProcedure, type AnyContractProcedure } from '@orpc/contract'
import { os } from '@orpc/server'
import { contract, type HostClient } from '../../../contract/index.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { definedRefusal } from './contract.ts'
import { forward, procedureAt } from './forward.ts'
import type { ServedApi } from './served.ts'

/** What a process serves that is attached to the host of a workspace: every call is passed on to that host. */
export function attachedApi(client: HostClient): ServedApi {
  return { router: routerOf(throughThis(client)) as ServedApi['router'], context: {} }
}

/** The host's answers, which say that this process passes them on; what this process says where it ends meanwhile, as a host would. */
function throughThis(client: HostClient): HostClient {
  return forward(async (path, rest) => {
    const answer = await Promise.resolve(procedureAt(client, path)(...rest)).catch(refuse)
    return path.join('.') === 'system.info' ? { ...(answer as object), attached: process.pid } : answer
  })
}

function refuse(error: unknown): never {
  throw error instanceof ExitlabError ? definedRefusal(error, error) : error
}

type Part = AnyContractProcedure | { [name: string]: Part }

/** The contract's procedures by a client of them. The host checks inputs and outputs; here they are passed on as they are. */
function routerOf(client: HostClient, part: Part = contract as Part, path: readonly string[] = []): unknown {
  if (isContractProcedure(part))
    return os
      .errors(part['~orpc'].errorMap)
      .handler(({ input, signal }) => procedureAt(client, path)(input, { signal }))
  const inner = Object.entries(part).map(([name, each]) => [name, routerOf(client, each, [...path, name])] as const)
  return Object.fromEntries(inner)
}
