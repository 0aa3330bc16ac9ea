// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, onTestFinished, test } from 'vitest'
import { nextTick } from 'vue'
import UiDialog from '../../../../src/renderer/components/ui/UiDialog.vue'

async function opened(content: string): Promise<void> {
  const dialog = mount(UiDialog, {
    props: { open: false, title: 'Tags of mixed-s1' },
    slots: { default: content },
    attachTo: document.body,
  })
  onTestFinished(() => dialog.unmount())
  await dialog.setProps({ open: true })
  await nextTick()
}

describe('a dialog that opens', () => {
  test('has the focus in its first field', async () => {
    await opened('<input id="tag" /><input id="other" />')
    await expect.poll(() => document.activeElement?.id).toBe('tag')
  })

  test('has the focus on its first button where it has no field', async () => {
    await opened('<p>Nothing to write</p>')
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Close')
  })
})
