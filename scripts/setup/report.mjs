/** Set-up talks on stderr: stdout belongs to the command that follows, which may print JSON. */
const stream = process.stderr

/** A program that waits for set-up reads lines of JSON on stdout instead: `{ message, doneBytes, totalBytes }`. */
export const speaksJson = process.env.EXITLAB_SETUP_REPORT === 'json'

/** @param {{ message: string, doneBytes?: number, totalBytes?: number }} progress */
function tellProgram({ message, doneBytes, totalBytes }) {
  const line = { message, doneBytes: doneBytes ?? null, totalBytes: totalBytes ?? null }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** One line for the person who waits. @param {string} line */
export function say(line) {
  if (speaksJson) tellProgram({ message: line })
  else stream.write(`${line}\n`)
}

/** 259 MB. @param {number} bytes */
export const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`

const barWidth = 30
const redrawMilliseconds = 100

/**
 * A progress bar on a terminal; elsewhere one line, so that logs stay readable.
 * @param {string} title
 * @param {number} total bytes
 * @returns {{ advance(bytes: number): void, end(): void }}
 */
export function progress(title, total) {
  if (!speaksJson && !stream.isTTY) {
    say(`${title} (${megabytes(total)})`)
    return { advance() {}, end() {} }
  }
  let done = 0
  let drawnAt = 0
  const draw = () => {
    drawnAt = Date.now()
    if (speaksJson) tellProgram({ message: title, doneBytes: done, totalBytes: total })
    else drawBar(title, done, total)
  }
  return {
    advance(bytes) {
      done += bytes
      if (Date.now() - drawnAt >= redrawMilliseconds) draw()
    },
    end() {
      draw()
      if (!speaksJson) stream.write('\n')
    },
  }
}

/** @param {string} title @param {number} done bytes @param {number} total bytes */
function drawBar(title, done, total) {
  const share = total > 0 ? Math.min(1, done / total) : 1
  const bar = '█'.repeat(Math.round(share * barWidth)).padEnd(barWidth, '░')
  stream.write(`\r${title} ${bar} ${megabytes(done)} of ${megabytes(total)}\x1b[K`)
}
