/**
 * The workbench for whoever works on its page: `exitlab serve` behind Vite, which shows every change at once. Arguments
 * go to `exitlab serve`. What changes in the host or the trainer needs a new start.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

const command = [path('../src/main/cli/index.ts'), 'serve', '--no-open', '--port', '0', ...process.argv.slice(2)]
const serve = spawn(process.execPath, command, { stdio: ['inherit', 'pipe', 'inherit'] })
const vite = served().then(showPage)
// Ctrl-C reaches it as well; it pauses what is training.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => serve.kill('SIGTERM'))
serve.once('close', async (code) => {
  process.exitCode = code ?? 1
  await (await vite)?.close()
})

/** @returns the address that the host printed; null where it ended before */
function served(): Promise<URL | null> {
  return new Promise((resolve) => {
    let printed = ''
    serve.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const address = /http:\/\/\S+#token=\S+/.exec(printed)
      if (address) resolve(new URL(address[0]))
    })
    serve.once('close', () => resolve(null))
  })
}

async function showPage(host: URL | null) {
  if (host === null) return null
  const proxy = { '/session': { target: host.origin }, '/rpc': { target: host.origin, ws: true } }
  const server = await createServer({ configFile: path('../vite.config.ts'), server: { host: '127.0.0.1', proxy } })
  await server.listen()
  console.log(`The workbench, as it is in src/renderer: ${server.resolvedUrls!.local[0]}${host.hash}`)
  return server
}
