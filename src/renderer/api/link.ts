import type { ClientContext, ClientLink } from '@orpc/client'

/** One way to the host, good until it closes. */
export interface Link {
  rpc: ClientLink<ClientContext>
  /** Resolves when nothing gets through any more. */
  closed: Promise<void>
  close(): void
}

/** Opens a way to the host. @throws Refused where trying again is no use, anything else where it may be. */
export type OpenLink = () => Promise<Link>

/** The host is there and does not let this window in. */
export class Refused extends Error {
  override readonly name = 'Refused'
}
