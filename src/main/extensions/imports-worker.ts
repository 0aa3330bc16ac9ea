/** A thread that reads source code without running it (imports-of.ts). */
import { stripTypeScriptTypes } from 'node:module'
import vm from 'node:vm'
import { parentPort } from 'node:worker_threads'

export interface SourceFile {
  path: string
  text: string
}
/** What a file imports, or why it is not the code of a module. */
export type Imports = { specifiers: readonly string[] } | { fault: string }

parentPort!.on('message', ({ path, text }: SourceFile) => parentPort!.postMessage(importsIn(path, text)))

function importsIn(path: string, text: string): Imports {
  try {
    const code = /\.m?ts$/.test(path) ? stripTypeScriptTypes(text) : text
    return { specifiers: [...new vm.SourceTextModule(code, { identifier: path }).dependencySpecifiers] }
  } catch (error) {
    return { fault: faultOf(located(text) ?? (error as Error)) }
  }
}

/** The same fault by the other parser, which says where it is; of JavaScript too, which is TypeScript. */
function located(text: string): Error | null {
  try {
    stripTypeScriptTypes(text)
    return null
  } catch (error) {
    return error as Error
  }
}

/** The message of a syntax error, with its line where that is known. */
function faultOf({ message, stack = '' }: Error): string {
  const [, line] = /^.*:(\d+)\n/.exec(stack) ?? []
  return `${message.trim()}${line === undefined ? '' : ` (line ${line})`}`
}
