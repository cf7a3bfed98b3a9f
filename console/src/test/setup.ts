import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeEach, vi } from 'vitest'
import { changeSettings } from '@/settings/settings'
import { setScreenWidth, stubBrowser } from './browser'

stubBrowser()
configure({
  asyncUtilTimeout: 15_000,
  // The whole document in every failure hides the failure.
  getElementError: (message) => new Error(message ?? 'not found'),
})

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  changeSettings({ language: 'zh', theme: 'light', navCollapsed: false })
  setScreenWidth(1440)
  // Ant Design announces what its next version takes away only on the console.
  vi.spyOn(console, 'error').mockImplementation((...words) => {
    throw new Error(`console.error: ${words.join(' ')}`)
  })
})

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})
