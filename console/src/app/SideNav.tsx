import { useLocation } from '@tanstack/react-router'
import { Menu, type MenuProps } from 'antd'
import { useT } from '@/i18n/useT'
import { InnerLink } from '@/url/InnerLink'
import { useVisibleAreas } from './areasContext'
import { entryOf, type VisibleArea } from './page'

/** The left navigation: only what the person may use. */
export function SideNav({ collapsed }: { collapsed: boolean }) {
  const t = useT()
  const visible = useVisibleAreas()
  const { pathname } = useLocation()
  const here = entryOf(visible, pathname)
  const hereArea = visible.find((area) => here && area.entries.includes(here))
  const items = visible.map((area) => menuItem(area, t))
  return (
    <nav aria-label={t('主导航', 'Main navigation')} className="qf-nav">
      <Menu
        // The area of the page opens by itself; a new key is how the menu is told.
        key={collapsed ? 'collapsed' : hereArea?.key}
        mode="inline"
        inlineCollapsed={collapsed}
        items={items}
        selectedKeys={here ? [here.path] : []}
        {...(!collapsed && { defaultOpenKeys: hereArea ? [hereArea.key] : [] })}
      />
    </nav>
  )
}

type Item = NonNullable<MenuProps['items']>[number]

function menuItem(area: VisibleArea, t: ReturnType<typeof useT>): Item {
  const [only, ...others] = area.entries
  // An area with a single page leads straight to it.
  if (only && others.length === 0) {
    return {
      key: only.path,
      icon: area.icon,
      label: <InnerLink to={only.path}>{t(area.label)}</InnerLink>,
    }
  }
  return {
    key: area.key,
    icon: area.icon,
    label: t(area.label),
    children: area.entries.map((page) => ({
      key: page.path,
      label: <InnerLink to={page.path}>{t(page.title)}</InnerLink>,
    })),
  }
}
