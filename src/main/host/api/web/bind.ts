import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ExitlabError } from '../../../../shared/basics/error.ts'

/** Fixed, for bookmarks and tunnels. */
export const defaultPort = 7140
const triedPorts = 20

/** Listens at a port; null: the default port, else the next free one. @returns the port. */
export async function bind(server: Server, { host, port }: { host: string; port: number | null }): Promise<number> {
  for (let tried = port ?? defaultPort; ; tried++) {
    try {
      server.listen(tried, host)
      await once(server, 'listening')
      return (server.address() as AddressInfo).port
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!isTaken || port !== null || tried >= defaultPort + triedPorts)
        throw cannotListen(error, { host, port: tried })
    }
  }
}

function cannotListen(error: unknown, { host, port }: { host: string; port: number }): ExitlabError {
  const { code, message } = error as NodeJS.ErrnoException
  const why =
    code === 'EADDRINUSE'
      ? 'the port is in use. Choose another one with --port.'
      : code === 'EACCES'
        ? 'no permission. Choose a port above 1023 with --port.'
        : `${message}. Give an address of this machine with --host.`
  return new ExitlabError('conflict', `Exitlab cannot listen at ${host}, port ${port}: ${why}`, { cause: error })
}
