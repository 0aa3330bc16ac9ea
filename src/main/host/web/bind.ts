import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ExitlabError } from '../../../shared/error.ts'

/** The same at every start where it is free, for bookmarks and tunnels. */
export const usualPort = 7140
const triedPorts = 20

/** Listens at a port, or without one at the usual port or the next that is free. @returns the port. */
export async function bind(server: Server, { host, port }: { host: string; port: number | null }): Promise<number> {
  for (let tried = port ?? usualPort; ; tried++) {
    try {
      server.listen(tried, host)
      await once(server, 'listening')
      return (server.address() as AddressInfo).port
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!isTaken || port !== null || tried >= usualPort + triedPorts) throw cannotListen(error, { host, port: tried })
    }
  }
}

function cannotListen(error: unknown, { host, port }: { host: string; port: number }): ExitlabError {
  const { code, message } = error as NodeJS.ErrnoException
  const why =
    code === 'EADDRINUSE'
      ? 'another program listens there. Choose another one with --port.'
      : code === 'EACCES'
        ? 'this user may not. Choose a port above 1023 with --port.'
        : `${message}. Give an address of this machine with --host.`
  return new ExitlabError('conflict', `Exitlab cannot listen at ${host}, port ${port}: ${why}`, { cause: error })
}
