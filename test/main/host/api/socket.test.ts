import { once } from 'node:events'
import { chownSync, mkdirSync, statSync, symlinkSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { makeSocketFolder, socketAddress } from '../../../../src/main/host/api/socket/address.ts'
import { connectToHost } from '../../../../src/main/host/api/socket/client.ts'
import { findRunningHost } from '../../../../src/main/host/api/socket/running-host.ts'
import { workspaceAt } from '../../../../src/main/store/workspace.ts'
import { bench, temporaryFolder } from '../support.ts'

/** What a peer may send instead of a request, and the code with which its connection ends. */
const nonsense: [string, (peer: Peer) => void, number][] = [
  ['a message above the limit', ({ socket }) => socket.send('x'.repeat((16 << 20) + 1)), 1009],
  ['bytes that are no frame', ({ raw }) => raw.write(Buffer.from([0xff, 0xff, 1, 2, 3, 4])), 1002],
  ['text that is not UTF-8', ({ socket }) => socket.send(Buffer.from([0xc3, 0x28]), { binary: false }), 1007],
  ['text that is not JSON', ({ socket }) => socket.send('{"i":"1"'), 1006],
  ['JSON that is no message', ({ socket }) => socket.send('[null]'), 1006],
  ['a request for no address', ({ socket }) => socket.send('{"i":"1","p":{"u":"http://"}}'), 1006],
  ['a request for nothing', ({ socket }) => socket.send('{"i":"1"}'), 1006],
  ['binary data', ({ socket }) => socket.send(Buffer.from('{"i":"1","p":{"u":"/runs/list"}}')), 1006],
]

interface Peer {
  socket: WebSocket
  raw: Socket
}

async function peerOf(workspace: string): Promise<Peer> {
  const raw = connect(findRunningHost(workspace)!.address)
  const socket = new WebSocket('ws://exitlab/', { createConnection: () => raw })
  onTestFinished(() => socket.terminate())
  await once(socket, 'open')
  return { socket, raw }
}

test.each(nonsense)('a peer that sends %s is disconnected, and the host serves the others', async (_, send, code) => {
  const { open, workspace } = bench()
  const host = await open()
  const other = (await connectToHost(findRunningHost(workspace)!))!
  onTestFinished(() => other.close())
  const told = vi.spyOn(console, 'error')
  onTestFinished(() => told.mockRestore())
  const peer = await peerOf(workspace)
  const closed = once(peer.socket, 'close')
  send(peer)
  expect((await closed)[0]).toBe(code)
  expect(await other.client.runs.list({})).toEqual([])
  expect(told).not.toHaveBeenCalled()
  await host.close()
})

test('a call of an unknown procedure is answered, and the connection stays open', async () => {
  const { open, workspace } = bench()
  await open()
  const connected = (await connectToHost(findRunningHost(workspace)!))!
  onTestFinished(() => connected.close())
  const { runs } = connected.client as unknown as { runs: { none: () => Promise<unknown> } }
  await expect(runs.none()).rejects.toThrow()
  expect(await connected.client.runs.list({})).toEqual([])
})

test('a host that accepts a connection and does not answer is given up, with its process and a remedy', async () => {
  const address = join(temporaryFolder(), 'mute.sock')
  const mute = createServer().listen(address)
  await once(mute, 'listening')
  onTestFinished(() => void mute.close())
  await expect(connectToHost({ pid: 4321, address }, 50)).rejects.toMatchObject({
    code: 'workspace-in-use',
    message: expect.stringMatching(/process 4321, does not respond.*Continue that process/) as string,
  })
})

test.skipIf(process.platform === 'win32')('only this user can reach the socket, from its first moment on', async () => {
  const mask = process.umask(0)
  onTestFinished(() => void process.umask(mask))
  for (const name of ['short', 'a folder with a long name '.repeat(8).trim()]) {
    const workspace = join(temporaryFolder(), name)
    const address = socketAddress(workspaceAt(workspace))
    expect(address.startsWith(workspace)).toBe(name === 'short')
    mkdirSync(workspace)
    makeSocketFolder(address)
    expect(statSync(dirname(address)).mode & 0o777).toBe(0o700)
  }
})

test.skipIf(process.platform === 'win32')('a socket folder that is a link is refused', () => {
  const folder = temporaryFolder()
  symlinkSync(temporaryFolder(), join(folder, 'socket'))
  expect(() => makeSocketFolder(join(folder, 'socket', 'host.sock'))).toThrow('expected a folder owned by this user')
})

test.runIf(process.getuid?.() === 0)('a socket folder of another user is refused (root can make one)', () => {
  const folder = join(temporaryFolder(), 'socket')
  mkdirSync(folder)
  chownSync(folder, 12_345, 12_345)
  expect(() => makeSocketFolder(join(folder, 'host.sock'))).toThrow('expected a folder owned by this user')
})

test.skipIf(process.platform === 'win32')('a socket that cannot be created is reported', async () => {
  const { open, workspace } = bench()
  mkdirSync(socketAddress(workspaceAt(workspace)), { recursive: true })
  await expect(open()).rejects.toMatchObject({ code: 'disk' })
})

test('a silent peer does not keep a host from closing', async () => {
  const { open, workspace } = bench()
  const host = await open()
  const mute = connect(findRunningHost(workspace)!.address)
  await once(mute, 'connect')
  const closed = once(mute, 'close')
  await host.close()
  expect(await closed).toEqual([false])
  expect(findRunningHost(workspace)).toBeNull()
})
