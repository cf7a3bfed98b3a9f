import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useT } from '@/i18n/useT'

interface MoreActionsProps {
  actions: { key: string; label: string; danger: boolean }[]
  onChoose: (key: string) => void
}

/** Everything that may be done with a record beside its one primary button; nothing if that is none. */
export function MoreActions({ actions, onChoose }: MoreActionsProps) {
  const t = useT()
  if (actions.length === 0) return null
  return (
    <Dropdown trigger={['click']} menu={{ items: actions, onClick: ({ key }) => onChoose(key) }}>
      <Button>
        {t('更多操作', 'More')} <DownOutlined />
      </Button>
    </Dropdown>
  )
}
