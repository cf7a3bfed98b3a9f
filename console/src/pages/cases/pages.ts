import type { PageSpec } from '@/app/page'
import { text } from '@/i18n/text'

/** The pages of 诉求办理. */
export const casePages: PageSpec[] = [
  {
    path: '/casework/cases',
    title: text('全部诉求', 'All cases'),
    permission: 'case.read',
    nav: true,
    load: () => import('./CasesPage'),
  },
  {
    path: '/casework/cases/$id',
    title: text('诉求', 'Case'),
    permission: 'case.read',
    load: () => import('./CasePage'),
  },
  {
    path: '/casework/callbacks',
    title: text('待回访', 'Call-backs'),
    permission: 'case.callback',
    nav: true,
    load: () => import('./CallbacksPage'),
  },
  {
    path: '/casework/catalogue',
    title: text('派单目录', 'Dispatch catalogue'),
    permission: 'case.read',
    nav: true,
    load: () => import('./CataloguePage'),
  },
]
