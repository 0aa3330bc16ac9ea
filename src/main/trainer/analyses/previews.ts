/** Shows the latest of many pictures, now and then. */
export interface Previews {
  /** `picture` is made only where it is shown. */
  show(picture: () => unknown): void
  /** Shows at once what has not been shown, and nothing from then on. */
  end(): void
}

/** `send` gets a picture at most every so many milliseconds, and always the latest one in the end. */
export function createPreviews(send: (picture: unknown) => void, milliseconds: number): Previews {
  let timer: NodeJS.Timeout | null = null
  let waiting: (() => unknown) | null = null
  const sendWaiting = () => {
    if (waiting) send(waiting())
    timer = waiting && setTimeout(sendWaiting, milliseconds)
    waiting = null
  }
  return {
    show(picture) {
      waiting = picture
      if (timer === null) sendWaiting()
    },
    end() {
      if (timer !== null) clearTimeout(timer)
      if (waiting) send(waiting())
      waiting = null
    },
  }
}
