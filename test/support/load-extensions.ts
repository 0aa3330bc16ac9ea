/** Loads lists of extensions, or what is trusted, in a process of its own: `node load-extensions.ts FOLDER 'JSON of lists of files'`. */
import { loadedExtensions } from '../../src/main/extensions/launch.ts'
import { loadExtensions } from '../../src/main/extensions/load.ts'
import { extensionKeys, methodKinds } from '../../src/main/extensions/methods.ts'
import { loadTrusted } from '../../src/main/extensions/trusted.ts'

const [folder, lists, answer] = process.argv.slice(2) as [string, string, string?]
/** What it asks; `answer`: yes or no to all, else nobody can be asked. */
const asked: string[] = []
const ask = answer === undefined ? null : async (question: string) => (asked.push(question), answer === 'yes')

const outcomes = []
const environment = { XDG_CONFIG_HOME: `${folder}/config` }
for (const files of JSON.parse(lists) as ({ file: string; by: string | null }[] | 'trusted')[]) {
  const loading =
    files === 'trusted'
      ? loadTrusted(environment)
      : loadExtensions(
          files.map((each) => ({ ...each, folder })),
          { environment, now: 1, ask },
        )
  const refusal = await loading.then(
    () => null,
    ({ code, message }: { code: string; message: string }) => ({ code, message: message.replaceAll(`${folder}/`, '') }),
  )
  const methods = extensionKeys.flatMap((key) => {
    const { kind, registry } = methodKinds[key]
    return registry
      .names()
      .filter((name) => registry.origin(name) !== null)
      .map((name) => `${kind}:${name}`)
  })
  outcomes.push({ asked: asked.splice(0), refusal, loaded: loadedExtensions(), methods })
}
process.stdout.write(JSON.stringify(outcomes))
