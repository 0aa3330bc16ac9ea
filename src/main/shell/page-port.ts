import { MessageChannelMain, type WebContents } from 'electron'
import type { PortData } from '../../shared/window/desktop-link.ts'
import { shellChannels } from '../../shared/window/shell-channels.ts'
import type { PagePort } from './host-bridge.ts'

/** Hands one end of a new message channel to the page. @returns the shell's end */
export function givePort(contents: WebContents): PagePort {
  const { port1, port2 } = new MessageChannelMain()
  contents.postMessage(shellChannels.port, null, [port2])
  return {
    post: (data) => port1.postMessage(data),
    close: () => port1.close(),
    listen({ data, closed }) {
      port1.on('message', (event) => data(event.data as PortData))
      port1.on('close', closed)
      port1.start()
    },
  }
}
