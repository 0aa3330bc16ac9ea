// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import UndoToast from '../../../../src/renderer/components/shell/UndoToast.vue'

describe('a message with an action', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const undo = vi.fn()
  const shown = () =>
    mount(UndoToast, {
      props: {
        toast: { id: 1, kind: 'info', text: 'Deleted a run', seconds: 3, action: { label: 'Undo', run: undo } },
      },
    })

  it('disappears when its time is over, which stops while it is pointed at', async () => {
    const toast = shown()
    await vi.advanceTimersByTimeAsync(2000)
    await toast.trigger('pointerenter')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(toast.emitted('dismiss')).toBeUndefined()
    await toast.trigger('pointerleave')
    await vi.advanceTimersByTimeAsync(1000)
    expect(toast.emitted('dismiss')).toHaveLength(1)
  })

  it('stays as long as it has the focus, whatever the pointer does', async () => {
    const toast = shown()
    await toast.trigger('focusin')
    await toast.trigger('pointerenter')
    await toast.trigger('pointerleave')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(toast.emitted('dismiss')).toBeUndefined()
  })

  it('performs its action and disappears', async () => {
    const toast = shown()
    await toast.get('button').trigger('click')
    expect(undo).toHaveBeenCalledOnce()
    expect(toast.emitted('dismiss')).toHaveLength(1)
  })
})
