import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { CustomRender } from '@ant-design/static-style-extract/lib/interface'
import { createElement } from 'react'
import type { Plugin } from 'vite'
import { themeFor, themeNames } from '../src/app/theme.ts'

const request = 'virtual:antd-theme.css'
// With the zero byte no other plugin takes it for a file; the ending tells Vite that it is a style sheet.
const resolved = '\0antd-theme.css'
const adoptedStyles = fileURLToPath(new URL('adoptedStyles.ts', import.meta.url))

/**
 * Turns the console's two themes into one style sheet at build time and keeps Ant Design from adding
 * style elements at run time, so that the server may send `style-src 'self'`.
 */
export function antdTheme(): Plugin {
  return {
    name: 'antd-theme',
    enforce: 'pre',
    resolveId(id) {
      if (id === request) return resolved
      return /(^|\/)Dom\/dynamicCSS$/.test(id) ? adoptedStyles : undefined
    },
    load: (id) => (id === resolved ? themeSheet() : undefined),
  }
}

function themeSheet(): string {
  // The extractor's ES build mixes module systems; its CommonJS build and Ant Design's own share one React.
  const load = createRequire(import.meta.url)
  const { extractStyle } = load('@ant-design/static-style-extract') as {
    extractStyle: (render: CustomRender) => string
  }
  const { ConfigProvider } = load('antd') as typeof import('antd')
  return themeNames
    .map((name) =>
      extractStyle((node) => createElement(ConfigProvider, { theme: themeFor(name) }, node)),
    )
    .join('\n')
}
