import { Typography } from 'antd'
import type { ReactNode } from 'react'
import { usePageTitle } from './usePageTitle'

interface PageProps {
  title: string
  /** Buttons at the top right, the primary one last. */
  actions?: ReactNode
  children: ReactNode
}

/** The frame of a page: its title, which is also the title of the tab, and its buttons. */
export function Page({ title, actions, children }: PageProps) {
  usePageTitle(title)
  return (
    <>
      <header className="qf-page-header">
        <Typography.Title level={1} className="qf-title">
          {title}
        </Typography.Title>
        {actions && <div className="qf-page-actions">{actions}</div>}
      </header>
      {children}
    </>
  )
}
