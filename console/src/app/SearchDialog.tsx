import { SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { search } from '@/api/search'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { useLater } from '@/time/useLater'
import { useGo } from '@/url/useGo'
import { SearchHits } from './SearchHits'

interface SearchDialogProps {
  label: string
  onClose: () => void
}

/** Finds a record by its number, a place or a person by name; arrows choose, Enter goes there. */
export function SearchDialog({ label, onClose }: SearchDialogProps) {
  const t = useT()
  const go = useGo()
  const can = useCan()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const q = useLater(typed.trim())
  const found = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => search(q, can, signal),
    enabled: q !== '',
  })
  const hits = (q && found.data) || []
  const open = (url: string) => {
    go(url)
    onClose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const hit = hits[at]
    if (step && hits.length > 0) {
      event.preventDefault()
      setAt((at + step + hits.length) % hits.length)
    } else if (event.key === 'Enter' && hit) open(hit.url)
  }
  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      closable={false}
      title={<span className="qf-hidden">{label}</span>}
      styles={{ header: { margin: 0 } }}
      width={560}
    >
      <Input
        autoFocus
        size="large"
        prefix={<SearchOutlined />}
        placeholder={label}
        role="combobox"
        aria-label={label}
        aria-expanded={hits.length > 0}
        aria-controls="qf-hits"
        aria-activedescendant={hits.length > 0 ? `qf-hit-${at}` : undefined}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      {found.error ? (
        <ProblemAlert error={found.error} />
      ) : (
        <SearchHits hits={hits} at={at} onOpen={open} />
      )}
      <p className="qf-faint qf-search-word" aria-live="polite">
        {wordFor(q, found.isFetching, hits.length, t)}
      </p>
    </Modal>
  )
}

function wordFor(q: string, busy: boolean, hits: number, t: ReturnType<typeof useT>): string {
  if (!q) return t('可以输入编号的任意一段。', 'Any part of a number will do.')
  if (busy) return t('正在查找…', 'Looking…')
  if (hits === 0) {
    return t('没有找到，或不在您可以查看的范围内。', 'Nothing found, or nothing that you may see.')
  }
  return t('↑↓ 选择，回车打开', '↑↓ to choose, Enter to open')
}
