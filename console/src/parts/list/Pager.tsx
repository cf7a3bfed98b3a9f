import { DoubleLeftOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { Count } from '@/api/answers'
import { useT } from '@/i18n/useT'
import { useUrlParams } from '@/url/useUrlParams'
import { limitOf, limits, paging } from './query'
import { useCursor } from './useCursor'
import './list.css'

interface PagerProps {
  next: string | undefined
  count: Count | undefined
}

/** Moves between pages and says how many rows there are. */
export function Pager({ next, count }: PagerProps) {
  const t = useT()
  const cursor = useCursor()
  const [params, change] = useUrlParams()
  return (
    <nav className="qf-pager" aria-label={t('翻页', 'Pages')}>
      <span className="qf-faint">{count && counted(count, t)}</span>
      <Select
        size="small"
        aria-label={t('每页条数', 'Rows per page')}
        value={limitOf(params)}
        options={limits.map((n) => ({ value: n, label: t(`每页 ${n} 条`, `${n} per page`) }))}
        onChange={(n) => change({ [paging.limit]: String(n), [paging.cursor]: undefined })}
      />
      <Button
        size="small"
        icon={<DoubleLeftOutlined />}
        disabled={cursor.first}
        onClick={cursor.toFirst}
        aria-label={t('第一页', 'First page')}
      />
      <Button
        size="small"
        icon={<LeftOutlined />}
        disabled={!cursor.toPrevious}
        onClick={cursor.toPrevious}
      >
        {t('上一页', 'Previous')}
      </Button>
      <Button size="small" disabled={!next} onClick={() => next && cursor.toNext(next)}>
        {t('下一页', 'Next')} <RightOutlined />
      </Button>
    </nav>
  )
}

function counted({ value, capped }: Count, t: ReturnType<typeof useT>): string {
  const n = value.toLocaleString('en-US')
  return capped ? t(`超过 ${n} 条`, `more than ${n}`) : t(`共 ${n} 条`, `${n} in all`)
}
