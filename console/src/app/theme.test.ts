import { theme } from 'antd'
import { describe, expect, it } from 'vitest'
import { themeFor, themeNames } from './theme'

const readable = 4.5 // WCAG 2.2, 1.4.3

describe.each(themeNames)('theme %s', (name) => {
  const token = theme.getDesignToken(themeFor(name))
  const grounds = [token.colorBgContainer, token.colorBgElevated, token.colorBgLayout]

  it.each([
    'colorText',
    'colorTextSecondary',
    'colorTextDescription',
    'colorTextPlaceholder',
    'colorLink',
    'colorLinkHover',
    'colorPrimary',
    'colorSuccess',
    'colorWarning',
    'colorError',
  ] as const)('%s can be read on every ground', (key) => {
    for (const ground of grounds) {
      expect(contrast(over(token[key], ground), ground)).toBeGreaterThanOrEqual(readable)
    }
  })

  it.each([
    ['colorInfo', 'colorInfoBg'],
    ['colorSuccess', 'colorSuccessBg'],
    ['colorWarning', 'colorWarningBg'],
    ['colorError', 'colorErrorBg'],
  ] as const)('%s can be read on %s', (key, ground) => {
    const solid = over(token[ground], token.colorBgContainer)
    expect(contrast(over(token[key], solid), solid)).toBeGreaterThanOrEqual(readable)
  })
})

type Color = [number, number, number]

function contrast(a: Color, ground: string | Color): number {
  const [light, dim] = [luminance(a), luminance(parse(ground))].sort((x, y) => y - x) as [
    number,
    number,
  ]
  return (light + 0.05) / (dim + 0.05)
}

function luminance([r, g, b]: Color): number {
  const linear = [r, g, b].map((v) =>
    v <= 10.31 ? v / 3294.6 : ((v / 255 + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0)
}

function parse(color: string | Color): Color {
  return typeof color === 'string' ? over(color, [255, 255, 255]) : color
}

/** A colour as it looks on a ground, with its transparency taken in. */
function over(color: string, ground: string | Color): Color {
  const hex = /^#(..)(..)(..)$/.exec(color)
  if (hex) return hex.slice(1).map((part) => Number.parseInt(part, 16)) as Color
  const parts = /^rgba?\(([\d., ]+)\)$/.exec(color)?.[1]?.split(',').map(Number)
  if (!parts || parts.length < 3) throw new Error(`not a colour: ${color}`)
  const alpha = parts[3] ?? 1
  const below = parse(ground)
  return below.map((v, i) => v + ((parts[i] ?? 0) - v) * alpha) as Color
}
