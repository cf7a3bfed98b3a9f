import type { PageSpec } from '@/app/page'
import { text } from '@/i18n/text'

/** The pages of 工作台. */
export const deskPages: PageSpec[] = [
  {
    path: '/workbench',
    title: text('工作台', 'Workbench'),
    nav: true,
    // Who keeps the program, decides on identities or only visits has nothing on it.
    keepers: ['case.read', 'campaign.read', 'inspection.read', 'rectify.read', 'sanction.read'],
    load: () => import('./WorkbenchPage'),
  },
  {
    path: '/workbench/identity',
    title: text('身份查看审批', 'Requests for identities'),
    permission: 'identity.approve',
    nav: true,
    load: () => import('./IdentityPage'),
  },
]
