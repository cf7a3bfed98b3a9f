import { theme } from 'antd'
import { useEffect, useMemo, useRef } from 'react'
import { chartTheme } from './chartTheme'
import { type ChartOption, type ChartPick, init } from './echarts'

interface ChartCanvasProps {
  label: string
  option: ChartOption
  height: number
  onPick: ((picked: ChartPick) => void) | undefined
}

/** Draws a chart with ECharts in the colours of the theme. Imported lazily by `Chart` only. */
export default function ChartCanvas({ label, option, height, onPick }: ChartCanvasProps) {
  const box = useRef<HTMLDivElement>(null)
  const pick = useRef(onPick)
  pick.current = onPick
  const { token } = theme.useToken()
  const look = useMemo(() => chartTheme(token), [token])
  useEffect(() => {
    if (!box.current) return
    const chart = init(box.current, look)
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    chart.setOption({ animation: !still, ...option })
    chart.on('click', (event) => pick.current?.(event as unknown as ChartPick))
    const resized = new ResizeObserver(() => chart.resize())
    resized.observe(box.current)
    return () => {
      resized.disconnect()
      chart.dispose()
    }
  }, [option, look])
  return <div ref={box} role="img" aria-label={label} style={{ height }} />
}
