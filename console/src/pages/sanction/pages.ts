import type { PageSpec } from '@/app/page'
import { text } from '@/i18n/text'

const permission = 'sanction.read'

/** The pages of penalties, points, credit and transfers. */
export const sanctionPages: PageSpec[] = [
  {
    path: '/inspection/penalties',
    title: text('行政处罚', 'Penalties'),
    permission,
    nav: true,
    load: () => import('./PenaltiesPage'),
  },
  {
    path: '/inspection/penalties/$id',
    title: text('处罚案件', 'Penalty'),
    permission,
    load: () => import('./PenaltyPage'),
  },
  {
    path: '/inspection/points',
    title: text('记分', 'Points'),
    permission,
    nav: true,
    load: () => import('./PointsPage'),
  },
  {
    path: '/inspection/points/$id',
    title: text('记分记录', 'Points'),
    permission,
    load: () => import('./PointPage'),
  },
  {
    path: '/inspection/credit',
    title: text('信用与黑名单', 'Credit, blacklist'),
    permission,
    nav: true,
    load: () => import('./CreditPage'),
  },
  {
    path: '/inspection/credit/$id',
    title: text('信用档案', 'Credit record'),
    permission,
    load: () => import('./SubjectPage'),
  },
  {
    path: '/inspection/transfers',
    title: text('移送', 'Transfers'),
    permission,
    nav: true,
    load: () => import('./TransfersPage'),
  },
  {
    path: '/inspection/transfers/$id',
    title: text('移送记录', 'Transfer'),
    permission,
    load: () => import('./TransferPage'),
  },
]

/** The pages of what becomes public of sanctions. */
export const publicationPages: PageSpec[] = [
  {
    path: '/publish/sanctions',
    title: text('处罚与黑名单公示', 'Public sanctions'),
    permission,
    nav: true,
    load: () => import('./PublicationsPage'),
  },
  {
    path: '/publish/sanctions/$id',
    title: text('公示', 'Publication'),
    permission,
    load: () => import('./PublicationPage'),
  },
]
