/** Loads the extensions of the process that started this one, before any other module (launch.ts). */
import { readArchive } from './archive.ts'
import { loadedExtensions } from './launch.ts'
import { registerExtension } from './register.ts'

for (const { archive, ...origin } of loadedExtensions())
  await registerExtension(await readArchive(archive), origin.file)
