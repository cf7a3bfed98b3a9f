import { Segmented, Skeleton } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useT } from '@/i18n/useT'
import type { ChartOption, ChartPick } from './echarts'
import './chart.css'

interface ChartProps {
  /** What the chart shows, in one sentence; read out in its place. */
  label: string
  option: ChartOption
  height?: number
  /** Leads from a mark to its rows. */
  onPick?: (picked: ChartPick) => void
  /** The same figures as a table, for those who cannot see or point at the marks. */
  table: ReactNode
}

const Canvas = lazy(() => import('./ChartCanvas'))

/** A chart, loaded only when one is shown, with its figures as a table one click away. */
export function Chart({ label, option, height = 280, onPick, table }: ChartProps) {
  const t = useT()
  const [view, setView] = useState('chart')
  return (
    <figure className="qf-chart">
      <figcaption>
        <span>{label}</span>
        <Segmented
          size="small"
          value={view}
          onChange={setView}
          options={[
            { value: 'chart', label: t('图', 'Chart') },
            { value: 'table', label: t('表', 'Table') },
          ]}
        />
      </figcaption>
      {view === 'table' ? (
        table
      ) : (
        <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height }} />}>
          <Canvas label={label} option={option} height={height} onPick={onPick} />
        </Suspense>
      )}
    </figure>
  )
}
