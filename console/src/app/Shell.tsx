import { useQuery } from '@tanstack/react-query'
import { Outlet, useLocation } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { useEffect, useState } from 'react'
import { sessionQuery } from '@/api/session'
import { useT } from '@/i18n/useT'
import { FirstFactor } from '@/pages/account/FirstFactor'
import { FirstPassword } from '@/pages/account/FirstPassword'
import { PasswordDrawer } from '@/pages/account/PasswordDrawer'
import { ErrorPage } from '@/parts/feedback/ErrorPage'
import { useSettings } from '@/settings/useSettings'
import { Brand } from './Brand'
import { SideNav } from './SideNav'
import { SignInAgain } from './SignInAgain'
import { ToLogin } from './ToLogin'
import { TopBar } from './TopBar'
import { useNarrow } from './useNarrow'
import './shell.css'

/** The frame around every page of a signed-in person; anyone else is sent to sign in and back. */
export function Shell() {
  const t = useT()
  const session = useQuery(sessionQuery)
  const location = useLocation()
  const narrow = useNarrow()
  const { navCollapsed } = useSettings()
  const [navOpen, setNavOpen] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes whenever the page changes.
  useEffect(() => setNavOpen(false), [location.pathname])

  if (session.isError) return <ErrorPage error={session.error} onRetry={session.refetch} />
  if (session.data === undefined) return <div className="qf-waiting" aria-busy="true" />
  if (session.data === null) return <ToLogin />
  if (session.data.must_change) return <FirstPassword />
  if (session.data.must_enrol) return <FirstFactor />
  return (
    <div className={`qf-shell ${navCollapsed ? 'qf-shell-collapsed' : ''}`}>
      <a className="qf-skip" href="#main">
        {t('跳到正文', 'Skip to content')}
      </a>
      {narrow ? (
        <Drawer
          open={navOpen}
          onClose={() => setNavOpen(false)}
          placement="left"
          size={264}
          title={<Brand />}
          styles={{ body: { padding: 8 } }}
        >
          <SideNav collapsed={false} />
        </Drawer>
      ) : (
        <div className="qf-side">
          <Brand small={navCollapsed} />
          <SideNav collapsed={navCollapsed} />
        </div>
      )}
      <div className="qf-main">
        <TopBar user={session.data} onMenu={narrow ? () => setNavOpen(true) : undefined} />
        <main id="main" className="qf-content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <PasswordDrawer />
      <SignInAgain />
    </div>
  )
}
