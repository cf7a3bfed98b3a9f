import {
  DesktopOutlined,
  GlobalOutlined,
  KeyOutlined,
  LogoutOutlined,
  MoonOutlined,
  SafetyOutlined,
  SunOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { Button, Dropdown, type MenuProps } from 'antd'
import type { User } from '@/api/session'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { changeSettings, type Settings } from '@/settings/settings'
import { useSettings } from '@/settings/useSettings'
import { useGo } from '@/url/useGo'
import { useUrlForm } from '@/url/useUrlForm'
import { useLogOut } from './useLogOut'

/** Everything about the person's own account and this browser. */
export function UserMenu({ user }: { user: User }) {
  const t = useT()
  const settings = useSettings()
  const password = useUrlForm('password')
  const logOut = useLogOut()
  const go = useGo()
  const items: MenuProps['items'] = [
    {
      key: 'who',
      type: 'group',
      label: (
        <>
          <strong>{user.name}</strong>
          <div className="qf-faint">{user.unit}</div>
        </>
      ),
    },
    { type: 'divider' },
    {
      key: 'account',
      icon: <SafetyOutlined />,
      label: t('我的账号与安全', 'My account'),
      onClick: () => go('/account'),
    },
    {
      key: 'password',
      icon: <KeyOutlined />,
      label: t('修改密码', 'Change password'),
      onClick: () => password.show(),
    },
    ...settingItems(settings, t),
    { type: 'divider' },
    { key: 'out', icon: <LogoutOutlined />, label: t('退出登录', 'Sign out'), onClick: logOut },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button
        type="text"
        icon={<UserOutlined />}
        aria-label={t(`账号：${user.name}`, `Account: ${user.name}`)}
      >
        <span className="qf-user-name">{user.name}</span>
      </Button>
    </Dropdown>
  )
}

function settingItems(settings: Settings, t: Translate): NonNullable<MenuProps['items']> {
  const themes = [
    { key: 'system', icon: <DesktopOutlined />, label: t('跟随系统', 'As the system') },
    { key: 'light', icon: <SunOutlined />, label: t('浅色', 'Light') },
    { key: 'dark', icon: <MoonOutlined />, label: t('深色', 'Dark') },
  ] as const
  return [
    {
      key: 'language',
      icon: <GlobalOutlined />,
      label: settings.language === 'zh' ? 'English' : '中文',
      onClick: () => changeSettings({ language: settings.language === 'zh' ? 'en' : 'zh' }),
    },
    {
      key: 'theme',
      icon: <MoonOutlined />,
      label: t('外观', 'Appearance'),
      children: themes.map(({ key, icon, label }) => ({
        key: `theme-${key}`,
        icon,
        label: settings.theme === key ? <strong>{label} ✓</strong> : label,
        onClick: () => changeSettings({ theme: key }),
      })),
    },
  ]
}
