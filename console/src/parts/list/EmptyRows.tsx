import { Button, Empty } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '@/i18n/useT'
import './list.css'

/** What an empty list says: why it is empty and what to do. */
export interface EmptyText {
  title: string
  hint?: string
  action?: ReactNode
}

interface EmptyRowsProps {
  empty: EmptyText
  /** Set when filters hide the rows; takes them away. */
  onClear: (() => void) | undefined
}

/** Stands in the place of rows when there are none. */
export function EmptyRows({ empty, onClear }: EmptyRowsProps) {
  const t = useT()
  if (onClear) {
    return (
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={t('没有符合筛选条件的内容', 'Nothing matches the filters')}
      >
        <Button onClick={onClear}>{t('清空筛选', 'Clear filters')}</Button>
      </Empty>
    )
  }
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <div>{empty.title}</div>
          {empty.hint && <div className="qf-faint">{empty.hint}</div>}
        </>
      }
    >
      {empty.action}
    </Empty>
  )
}
