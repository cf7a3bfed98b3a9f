import type { GlobalToken } from 'antd'

/** The part of the theme that charts are drawn with. */
export type ChartLook = Pick<
  GlobalToken,
  'colorPrimary' | 'colorText' | 'colorTextSecondary' | 'colorBorder' | 'colorSplit' | 'fontFamily'
>

/** The theme of the console in ECharts' words. */
export function chartTheme(look: ChartLook) {
  const axis = {
    axisLine: { lineStyle: { color: look.colorBorder } },
    axisTick: { lineStyle: { color: look.colorBorder } },
    axisLabel: { color: look.colorTextSecondary },
    nameTextStyle: { color: look.colorTextSecondary },
    splitLine: { lineStyle: { color: look.colorSplit } },
  }
  return {
    // After the accent come hues that stay apart in the common kinds of colour blindness.
    color: [look.colorPrimary, '#c9822b', '#6b7fd0', '#b5606a', '#7fa045', '#9583bd'],
    textStyle: { color: look.colorText, fontFamily: look.fontFamily },
    legend: { top: 0, textStyle: { color: look.colorText } },
    grid: { left: 8, right: 16, top: 36, bottom: 8, outerBoundsMode: 'same' },
    // Drawn on the canvas: an HTML tooltip would need style attributes and would trust its text.
    tooltip: { renderMode: 'richText' },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
    timeAxis: axis,
  }
}
