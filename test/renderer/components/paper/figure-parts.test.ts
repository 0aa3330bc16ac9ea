// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import FigureParts from '../../../../src/renderer/components/paper/detail/FigureParts.vue'
import type { PaperFigure } from '../../../../src/shared/paper/paper-report.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const whole: PaperFigure = {
  item: 'figure-3',
  title: 'Figure 3: Mode connectivity',
  caption: 'Desk: ResNet.',
  missing: null,
  panels: [{ name: 'figure-3-matched', sentence: 'The barrier is 0.2 nats.' }],
}
const subject = { scale: 'desk', item: 'figure-3', done: 3 } as const

afterEach(() => vi.restoreAllMocks())

/** The figure in its place, with the addresses that were made and given back. */
async function shown(figure: PaperFigure) {
  const blobs: Blob[] = []
  const revoked: string[] = []
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => `blob:${blobs.push(blob as Blob)}`)
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((address) => void revoked.push(address))
  const figures = vi.fn(async (_: { items?: string[] | undefined }) => ({
    figures: [figure],
    files: figure.panels.flatMap(({ name }) => [
      { name: `${name}.svg`, bytes: new Blob(['<svg/>']) },
      { name: `${name}.pdf`, bytes: new Blob(['%PDF']) },
    ]),
  }))
  provideFakeHost({ paper: { figures: figures as never } })
  const wrapper = mount(FigureParts, { props: { subject } })
  onTestFinished(() => wrapper.unmount())
  await flushPromises()
  return { wrapper, blobs, revoked, figures }
}

describe('a figure of the paper', () => {
  it('shows the drawing of each panel with what it shows in words', async () => {
    const { wrapper, blobs, figures } = await shown(whole)
    expect(figures.mock.calls[0]![0]).toMatchObject({ scale: 'desk', items: ['figure-3'] })
    const picture = wrapper.get('img')
    expect(picture.attributes()).toMatchObject({ src: 'blob:1', alt: 'The barrier is 0.2 nats.' })
    expect(await Promise.all(blobs.map((blob) => blob.text()))).toEqual(['<svg/>'])
    expect(blobs[0]!.type).toBe('image/svg+xml')
  })

  it('states why it is not available', async () => {
    const { wrapper } = await shown({ ...whole, panels: [], missing: '3 analyses are not done.' })
    expect(wrapper.text()).toBe('3 analyses are not done.')
  })

  it('is drawn again when more is done, and disposes of its old drawing', async () => {
    const { wrapper, revoked, figures } = await shown(whole)
    await wrapper.setProps({ subject: { ...subject, done: 4 } })
    await vi.waitUntil(() => figures.mock.calls.length === 2)
    await flushPromises()
    expect(wrapper.get('img').attributes('src')).toBe('blob:2')
    expect(revoked).toEqual(['blob:1'])
  })
})
