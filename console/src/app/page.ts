import type { ComponentType, ReactNode } from 'react'
import type { Text } from '@/i18n/text'

/** One page of the console. */
export interface PageSpec {
  /** The path after `/console`, with `$id` for what varies. */
  path: string
  title: Text
  /** The permission without which it is neither listed nor shown; none means every signed-in person. */
  permission?: string
  /** Whether the left navigation lists it. */
  nav?: boolean
  /** Only who holds one of these has it in the navigation; others reach it by links and the search. */
  keepers?: string[]
  /** Loads the page when it is first opened: `() => import('./CasesPage')`. */
  load: () => Promise<{ default: ComponentType }>
}

/** One area of the left navigation. */
export interface Area {
  key: string
  label: Text
  icon: ReactNode
  pages: PageSpec[]
}

/** What the left navigation shows of an area. */
export interface VisibleArea extends Omit<Area, 'pages'> {
  entries: PageSpec[]
}

/** The areas that have at least one entry which the person may use. */
export function visibleAreas(areas: Area[], can: (permission?: string) => boolean): VisibleArea[] {
  return areas
    .map(({ pages, ...area }) => ({
      ...area,
      entries: pages.filter((page) => isListed(page, can)),
    }))
    .filter((area) => area.entries.length > 0)
}

function isListed({ nav, permission, keepers }: PageSpec, can: (permission?: string) => boolean) {
  return nav && can(permission) && (keepers === undefined || keepers.some((one) => can(one)))
}

/** The entry that a path belongs to: the listed page itself, or the list that a record was opened from. */
export function entryOf(areas: VisibleArea[], path: string): PageSpec | undefined {
  return areas
    .flatMap((area) => area.entries)
    .filter((page) => path === page.path || path.startsWith(`${page.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0]
}
