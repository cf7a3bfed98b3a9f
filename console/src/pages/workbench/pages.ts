import type { PageSpec } from '@/app/page'
import { text } from '@/i18n/text'

/** The page of 工作台. */
export const deskPages: PageSpec[] = [
  {
    path: '/workbench',
    title: text('工作台', 'Workbench'),
    permission: 'case.read',
    nav: true,
    load: () => import('./WorkbenchPage'),
  },
]
