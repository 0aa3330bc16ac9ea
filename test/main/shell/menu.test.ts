import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { menuCommands, type MenuCommand } from '../../../src/shared/window/shell.ts'
import { menuTemplate } from '../../../src/main/shell/menu.ts'

function menu(platform: NodeJS.Platform, developer = false) {
  const sent: MenuCommand[] = []
  const template = menuTemplate({ platform, developer, send: (command) => void sent.push(command) })
  const items = template.flatMap(({ submenu }) => (submenu ?? []) as MenuItemConstructorOptions[])
  return { template, items, sent }
}

const platforms = ['linux', 'darwin', 'win32'] as const

describe.each(platforms)('the menus on %s', (platform) => {
  test('have every command once, and send it', () => {
    const { items, sent } = menu(platform)
    const commands = items.filter(({ id }) => id !== undefined)
    for (const item of commands) (item.click as () => void)()
    expect(sent.toSorted()).toEqual([...menuCommands].toSorted())
  })

  test('give no key twice', () => {
    const keys = menu(platform).items.flatMap(({ accelerator }) => accelerator ?? [])
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('can quit, and open developer tools only where somebody develops', () => {
    const roles = (developer: boolean) => menu(platform, developer).items.map(({ role }) => role)
    expect(roles(false)).toContain('quit')
    expect(roles(false)).not.toContain('toggleDevTools')
    expect(roles(true)).toContain('toggleDevTools')
  })
})

test('the menu of the application itself is there on macOS only', () => {
  expect(platforms.map((platform) => menu(platform).template.some(({ role }) => role === 'appMenu'))).toEqual([
    false,
    true,
    false,
  ])
})
