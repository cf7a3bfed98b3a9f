import { type ThemeConfig, theme } from 'antd'

/** The console's themes; the names are CSS classes too. */
export const themeNames = ['qf-light', 'qf-dark'] as const

/** One of the console's themes. */
export type ThemeName = (typeof themeNames)[number]

const light: ThemeConfig['token'] = {
  colorPrimary: '#0e7c7b',
  colorInfo: '#0b6b6a',
  colorLink: '#0b6b6a',
  // What the pointer is over, Ant Design makes fainter than 4.5:1.
  colorLinkHover: '#084f4e',
  colorTextBase: '#16211f',
  colorBgLayout: '#f3f6f5',
  colorSuccess: '#2b7a3d',
  colorWarning: '#9a5b00',
  colorError: '#b42318',
  // Ant Design's fainter texts fall below the contrast of 4.5:1.
  colorTextSecondary: '#46524f',
  colorTextTertiary: '#5a6663',
  colorTextQuaternary: '#66716e',
  colorTextDescription: '#5a6663',
  colorTextPlaceholder: '#66716e',
}

const dark: ThemeConfig['token'] = {
  colorPrimary: '#0e7c7b',
  colorInfo: '#0e7c7b',
  colorTextBase: '#e8eeec',
  colorBgBase: '#101413',
  colorSuccess: '#2b7a3d',
  colorWarning: '#b07a1e',
  colorError: '#b42318',
  colorTextSecondary: '#b9c4c1',
  colorTextTertiary: '#a0aca9',
  colorTextQuaternary: '#93a09c',
  colorTextDescription: '#a0aca9',
  colorTextPlaceholder: '#93a09c',
}

// From so dark a seed Ant Design derives backgrounds that are too grey to read the seed on.
const lightAlgorithm: typeof theme.defaultAlgorithm = (seed) => ({
  ...theme.defaultAlgorithm(seed),
  // What the pointer is over is darker, never fainter: it is read all the same.
  colorPrimaryHover: '#0b6b6a',
  colorErrorHover: '#9a1e14',
  colorPrimaryText: '#0b6b6a',
  colorPrimaryBg: '#ebf5f4',
  colorPrimaryBgHover: '#d9ebea',
  colorPrimaryBorder: '#9fcfcc',
  colorInfoBg: '#ebf5f4',
  colorInfoBorder: '#9fcfcc',
  colorSuccessBg: '#e9f4eb',
  colorSuccessBorder: '#b4d8bd',
  colorWarningBg: '#fcf3e1',
  colorWarningBorder: '#ead2a4',
  colorErrorBg: '#fdeeec',
  colorErrorBorder: '#f1c1bb',
})

// The dark palette that Ant Design derives is too dim to be read as text on it.
const darkAlgorithm: typeof theme.darkAlgorithm = (seed, map) => ({
  ...theme.darkAlgorithm(seed, map),
  colorPrimary: '#4ac0ba',
  colorPrimaryHover: '#6bd0cb',
  colorPrimaryActive: '#37aaa5',
  colorPrimaryText: '#5cc9c4',
  colorPrimaryBg: '#12302f',
  colorPrimaryBgHover: '#183c3b',
  colorInfo: '#4ac0ba',
  colorLink: '#5cc9c4',
  colorLinkHover: '#86dcd8',
  colorSuccess: '#6fc184',
  colorSuccessText: '#6fc184',
  colorWarning: '#e0a848',
  colorWarningText: '#e0a848',
  colorError: '#f5897f',
  colorErrorHover: '#f8a49c',
  colorErrorText: '#f5897f',
  colorBgContainer: '#181e1d',
  colorBgElevated: '#202726',
  colorBgLayout: '#0f1413',
  colorBorder: '#47524f',
  colorBorderSecondary: '#2b3331',
})

const shared: ThemeConfig['token'] = {
  fontSize: 14,
  borderRadius: 6,
  fontFamily:
    'system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif',
}

/** Ant Design's settings for one theme; the style sheet is built from the same (see build/antdTheme.ts). */
export function themeFor(name: ThemeName): ThemeConfig {
  const isDark = name === 'qf-dark'
  return {
    algorithm: isDark ? darkAlgorithm : lightAlgorithm,
    token: { ...shared, ...(isDark ? dark : light) },
    cssVar: { key: name },
    hashed: false,
    zeroRuntime: true,
    components: {
      // On the light teal and red of the dark theme only dark letters can be read.
      Button: isDark ? { primaryColor: '#06201f', dangerColor: '#2b0704' } : {},
      Menu: {
        itemHeight: 36,
        itemMarginBlock: 2,
        activeBarBorderWidth: 0,
        ...(!isDark && { itemSelectedColor: '#0b6b6a' }),
      },
      Table: { cellPaddingBlockSM: 7, cellPaddingInlineSM: 10, headerBorderRadius: 6 },
      Segmented: isDark ? {} : { trackBg: '#e4eae8' },
    },
  }
}
