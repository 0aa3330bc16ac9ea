/** Addresses of the modules of extensions begin with it. */
export const extensionScheme = 'exitlab-extension:'

const frame = new RegExp(`${extensionScheme}///[0-9a-f]+/([^:\\s]+):(\\d+)`)

/** `my-loss.ts, line 12`: the place in an extension that an error comes from; null where it comes from none. */
export function placeInExtension(error: unknown): string | null {
  const [, path, line] = frame.exec((error as Error | null)?.stack ?? '') ?? []
  return line === undefined ? null : `${decodeURIComponent(path!)}, line ${line}`
}
