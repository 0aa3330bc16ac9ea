// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, it } from 'vitest'
import InstallBox from '../../../../src/renderer/components/settings/InstallBox.vue'
import type { InstallProgress } from '../../../../src/contract/system.ts'
import { eventsFrom, provideFakeHost } from '../../support/fake-host.ts'

type Step = InstallProgress | Error | null

/** What the host tells, step by step: progress, an error, or (null) that it is done. */
let steps: PromiseWithResolvers<Step>[]
let signals: AbortSignal[]

async function* progress(signal: AbortSignal) {
  for (;;) {
    const aborted = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('aborted'))),
    )
    const step = await Promise.race([next().promise, aborted])
    steps.push(Promise.withResolvers())
    if (step === null) return
    if (step instanceof Error) throw step
    yield step
  }
}
const next = () => steps.at(-1)!

beforeEach(() => {
  steps = [Promise.withResolvers()]
  signals = []
  provideFakeHost({
    system: {
      async install(_, { signal } = {}) {
        signals.push(signal!)
        return eventsFrom(progress(signal!))
      },
    },
  })
})

const mounted = () => mount(InstallBox, { props: { what: 'tensorflow', title: 'TensorFlow', text: 'What it takes.' } })

async function tell(step: Step): Promise<void> {
  next().resolve(step)
  await flushPromises()
}

it('shows its progress, and that it is done', async () => {
  const box = mounted()
  await box.get('button').trigger('click')
  await flushPromises()
  expect(box.get('progress').attributes('value')).toBeUndefined()
  await tell({ message: 'Downloading', doneBytes: 130e6, totalBytes: 260e6 })
  expect(box.get('progress').attributes('value')).toBe('0.5')
  expect(box.text()).toContain('Downloading130 MB of 260 MB')
  await tell(null)
  expect(box.find('progress').exists()).toBe(false)
  expect(box.emitted('installed')).toHaveLength(1)
})

it('says what to do where it failed, and tries again', async () => {
  const box = mounted()
  await box.get('button').trigger('click')
  await flushPromises()
  await tell(new Error('pip is missing.\n  → Install pip.'))
  expect(box.get('[role=alert]').text()).toBe('pip is missing.\n  → Install pip.')
  expect(box.emitted('installed')).toBeUndefined()
  await box.get('button').trigger('click')
  await flushPromises()
  expect(signals).toHaveLength(2)
  expect(box.find('[role=alert]').exists()).toBe(false)
})

it('is cancelled without an error', async () => {
  const box = mounted()
  await box.get('button').trigger('click')
  await flushPromises()
  await box.get('button').trigger('click')
  await flushPromises()
  expect(signals[0]!.aborted).toBe(true)
  expect(box.get('button').text()).toBe('Install')
})

it('continues while the user is on another screen', async () => {
  const box = mounted()
  await box.get('button').trigger('click')
  await flushPromises()
  box.unmount()
  await tell({ message: 'Unpacking', doneBytes: null, totalBytes: null })
  expect(signals[0]!.aborted).toBe(false)
  expect(mounted().text()).toContain('Unpacking')
})

it('keeps the focus on its button, whatever that does', async () => {
  const box = mount(InstallBox, {
    props: { what: 'tensorflow', title: 'TensorFlow', text: 'What it takes.' },
    attachTo: document.body,
  })
  box.get('button').element.focus()
  await box.get('button').trigger('click')
  await flushPromises()
  expect(box.get('button').text()).toBe('Cancel')
  expect(document.activeElement).toBe(box.get('button').element)
  box.unmount()
})
