import type { Area } from '@/app/page'
import { text } from '@/i18n/text'
import { SamplePage } from './SamplePage'

/** Two areas for tests: one page with a form, and one that nobody may use. */
export const sampleAreas: Area[] = [
  {
    key: 'casework',
    label: text('诉求办理', 'Cases'),
    icon: null,
    pages: [
      {
        path: '/casework/cases',
        title: text('全部诉求', 'All cases'),
        permission: 'case.read',
        nav: true,
        load: () => Promise.resolve({ default: SamplePage }),
      },
    ],
  },
  {
    key: 'system',
    label: text('系统管理', 'Administration'),
    icon: null,
    pages: [
      {
        path: '/system/users',
        title: text('用户', 'Users'),
        permission: 'user.manage',
        nav: true,
        load: () => Promise.resolve({ default: SamplePage }),
      },
    ],
  },
]
