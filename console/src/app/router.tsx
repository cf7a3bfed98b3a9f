import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  type RouterHistory,
} from '@tanstack/react-router'
import { lazy } from 'react'
import { HomePage } from '@/pages/home/HomePage'
import { LinkPage } from '@/pages/login/LinkPage'
import { LoginPage } from '@/pages/login/LoginPage'
import { ErrorPage } from '@/parts/feedback/ErrorPage'
import { NotFoundPage } from '@/parts/feedback/NotFoundPage'
import { parseParams, writeParams } from '@/url/params'
import { GuardedPage } from './GuardedPage'
import { standingPages } from './nav'
import type { Area, PageSpec } from './page'
import { Shell } from './Shell'

/** Makes the routes out of the same list as the navigation. */
export function newRouter(areas: Area[], history?: RouterHistory) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage })
  const login = createRoute({ getParentRoute: () => root, path: '/login', component: LoginPage })
  const link = createRoute({ getParentRoute: () => root, path: '/link', component: LinkPage })
  const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })
  const home = createRoute({ getParentRoute: () => shell, path: '/', component: HomePage })
  const pages = [...areas.flatMap((area) => area.pages), ...standingPages].map((page) =>
    pageRoute(shell, page),
  )
  const anywhere = createRoute({ getParentRoute: () => shell, path: '$', component: NotFoundPage })
  return createRouter({
    routeTree: root.addChildren([login, link, shell.addChildren([home, ...pages, anywhere])]),
    basepath: '/console',
    parseSearch: parseParams,
    stringifySearch: writeParams,
    defaultErrorComponent: ({ error, reset }) => <ErrorPage error={error} onRetry={reset} />,
    ...(history && { history }),
  })
}

function pageRoute(parent: AnyRoute, page: PageSpec) {
  const Content = lazy(page.load)
  return createRoute({
    getParentRoute: () => parent,
    path: page.path,
    component: () => (
      <GuardedPage permission={page.permission}>
        <Content />
      </GuardedPage>
    ),
  })
}
