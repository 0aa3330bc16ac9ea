import type { Server } from 'node:http'
import { expect, it, vi } from 'vitest'
import { ask, serveWeb } from './support.ts'

const servers = vi.hoisted((): Server[] => [])

vi.mock(import('node:http'), async (original) => {
  const module = await original()
  const createServer = ((...args: Parameters<typeof module.createServer>) => {
    const server = module.createServer(...args)
    servers.push(server)
    return server
  }) as typeof module.createServer
  return { ...module, createServer }
})

it('a connection that the system refuses to a host is told in its log, and the host goes on', async () => {
  const { web, host } = await serveWeb()
  const events = await host.client.events.follow({ after: null })
  const told: string[] = []
  const [socket, page] = servers as [Server, Server]
  socket.emit('error', new Error('accept ENFILE'))
  page.emit('error', new Error('accept EMFILE'))
  for await (const event of events) {
    if (event.type === 'log') told.push(event.line.message)
    if (told.length === 2) break
  }
  expect(told).toEqual([
    'The connection of another process was refused: accept ENFILE.',
    'The connection of a browser was refused: accept EMFILE.',
  ])
  expect((await ask(web, '/')).status).toBe(200)
})
