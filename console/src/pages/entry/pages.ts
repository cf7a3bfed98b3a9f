import type { PageSpec } from '@/app/page'
import { text } from '@/i18n/text'

/** The pages on which staff bring reports in. */
export const entryPages: PageSpec[] = [
  {
    path: '/casework/entry',
    title: text('登记诉求', 'Enter a report'),
    permission: 'intake.enter',
    nav: true,
    load: () => import('./EntryPage'),
  },
  {
    path: '/casework/hotline',
    title: text('12345 工单导入', '12345 orders'),
    permission: 'intake.import',
    nav: true,
    load: () => import('./HotlinePage'),
  },
]
