import type { LibraryHandle } from 'koffi'
import koffi from 'koffi'
import { ExitlabError } from '../../shared/basics/error.ts'
import { setUpCommand } from '../../shared/basics/set-up-command.ts'

/** Names of TensorFlow's two libraries, the C functions of which are spread over both. */
const libraryNames: Record<string, readonly [string, string]> = {
  linux: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  darwin: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
}

/** Finds a C function by its prototype, in whichever library exports it. */
type Declare = (prototype: string) => (...values: never[]) => unknown

/**
 * Opens TensorFlow's libraries in `folder`.
 * @throws ExitlabError `engine` where the platform has none, or a library is missing or does not load.
 */
export function openLibraries(folder: string): Declare {
  const names = libraryNames[process.platform]
  if (!names) {
    throw new ExitlabError(
      'engine',
      `TensorFlow's libraries exist for ${Object.keys(libraryNames).join(' and ')}, not for ${process.platform}: run Exitlab there (on Windows, in WSL2)`,
    )
  }
  // The framework library is the other one's dependency: opened first, the loader finds it whatever LD_LIBRARY_PATH says.
  const framework = openLibrary(folder, names[1])
  const main = openLibrary(folder, names[0])
  return (prototype) => {
    try {
      return main.func(prototype)
    } catch {
      return framework.func(prototype)
    }
  }
}

function openLibrary(folder: string, name: string): LibraryHandle {
  try {
    return koffi.load(`${folder}/${name}`, { lazy: true })
  } catch (cause) {
    const { message } = cause as Error
    // Message of the loader if memory is insufficient; if the folder forbids mapping, a reason follows it.
    if (/failed to map segment from shared object$/.test(message.trim())) {
      throw new ExitlabError('memory', `TensorFlow's library ${name} does not fit into memory: ${message}`, { cause })
    }
    throw new ExitlabError(
      'engine',
      `TensorFlow's library ${name} cannot be opened from ${folder}: ${message}. Run the set-up again (${setUpCommand.cpu}, for NVIDIA cards ${setUpCommand.cuda}), or point EXITLAB_TENSORFLOW at the folder that holds it`,
      { cause },
    )
  }
}
