import { expect, test } from 'vitest'
import { tryOut } from '../../../src/main/extensions/try-out.ts'

const archive = (text: string) => ({ entry: 'mine.ts', files: { 'mine.ts': text } })
const start = "import { defineExtension } from 'exitlab/extension'\n"

test.each([
  [
    'a loop',
    'for (;;);',
    /^mine\.ts does not end: its code still ran after 1 seconds\. Nothing of it was registered\..*look for a loop/,
  ],
  ['the end of its process', 'process.exit(0)', /^mine\.ts ended its process, or awaits what never comes\./],
  [
    'a promise that is rejected unseen',
    "void Promise.reject(new Error('boom'))",
    /^mine\.ts throws where nothing can catch it: boom\./,
  ],
  [
    'a timer that throws',
    "setTimeout(() => { throw new Error('boom') })\nawait new Promise((done) => setTimeout(done, 100))",
    /^mine\.ts throws where nothing can catch it: boom\./,
  ],
  ['an await without end', 'await new Promise(() => {})', /^mine\.ts ended its process, or awaits what never comes\./],
])('an extension with %s is refused, and this process goes on', async (_, text, message) => {
  await expect(tryOut(archive(start + text), 'mine.ts', text === 'for (;;);' ? 1 : 600)).rejects.toThrow(message)
})

test.each([
  ['says what its methods are', "export default defineExtension({ name: 'mine' })"],
  ['throws, which loading it says', "throw new Error('boom')"],
])('an extension that %s comes to its end', async (_, text) => {
  await expect(tryOut(archive(start + text), 'mine.ts', 600)).resolves.toBeUndefined()
})
