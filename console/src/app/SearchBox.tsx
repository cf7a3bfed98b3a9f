import { SearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useT } from '@/i18n/useT'
import { SearchDialog } from './SearchDialog'

/** Opens the search, by its button or by Ctrl-K (⌘K). */
export function SearchBox() {
  const t = useT()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const name = t('搜索编号、地点、人员', 'Search numbers, places, people')
  return (
    <>
      <Button
        className="qf-search-button"
        icon={<SearchOutlined />}
        onClick={() => setOpen(true)}
        aria-keyshortcuts="Control+K"
      >
        <span className="qf-search-words">{name}</span>
        <kbd>Ctrl K</kbd>
      </Button>
      {open && <SearchDialog label={name} onClose={() => setOpen(false)} />}
    </>
  )
}
