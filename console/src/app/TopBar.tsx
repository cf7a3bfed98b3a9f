import { MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { User } from '@/api/session'
import { useT } from '@/i18n/useT'
import { changeSettings } from '@/settings/settings'
import { useSettings } from '@/settings/useSettings'
import { Bell } from './Bell'
import { SearchBox } from './SearchBox'
import { UserMenu } from './UserMenu'

interface TopBarProps {
  user: User
  /** Opens the navigation on a phone; elsewhere the button folds it. */
  onMenu: (() => void) | undefined
}

/** What is at hand on every page: navigation, search, notifications, the person. */
export function TopBar({ user, onMenu }: TopBarProps) {
  const t = useT()
  const { navCollapsed } = useSettings()
  const fold = () => changeSettings({ navCollapsed: !navCollapsed })
  return (
    <header className="qf-top">
      {onMenu ? (
        <Button
          type="text"
          icon={<MenuOutlined />}
          onClick={onMenu}
          aria-label={t('打开导航', 'Open navigation')}
        />
      ) : (
        <Button
          type="text"
          icon={navCollapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
          onClick={fold}
          aria-label={
            navCollapsed ? t('展开导航', 'Unfold navigation') : t('收起导航', 'Fold navigation')
          }
        />
      )}
      <SearchBox />
      <span className="qf-top-space" />
      <Bell />
      <UserMenu user={user} />
    </header>
  )
}
