import { Typography } from 'antd'
import type { ReactNode } from 'react'
import { InnerLink } from '@/url/InnerLink'
import { usePageTitle } from './usePageTitle'

interface PageProps {
  title: string
  /** The record that this page is a part of. */
  of?: { title: string; to: string }
  /** Buttons at the top right, the primary one last. */
  actions?: ReactNode
  children: ReactNode
}

/** The frame of a page: its title, which is also the title of the tab, and its buttons. */
export function Page({ title, of, actions, children }: PageProps) {
  usePageTitle(of ? `${title} ${of.title}` : title)
  return (
    <>
      <header className="qf-page-header">
        <div>
          {of && <InnerLink to={of.to}>{of.title}</InnerLink>}
          <Typography.Title level={1} className="qf-title">
            {title}
          </Typography.Title>
        </div>
        {actions && <div className="qf-page-actions">{actions}</div>}
      </header>
      {children}
    </>
  )
}
