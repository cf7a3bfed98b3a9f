import type { PageSpec } from '@/app/page'
import { text } from '@/i18n/text'

/** The pages of the three rates. */
export const ratesPages: PageSpec[] = [
  {
    path: '/insight/rates',
    title: text('三率考核', 'Three rates'),
    permission: 'rates.read',
    nav: true,
    load: () => import('./RatesPage'),
  },
  {
    path: '/insight/rates/cases',
    title: text('数据明细', 'Cases behind a figure'),
    permission: 'rates.read',
    load: () => import('./DrillPage'),
  },
  {
    path: '/insight/windows',
    title: text('考核期与月报', 'Periods and packs'),
    permission: 'rates.read',
    nav: true,
    load: () => import('./WindowsPage'),
  },
  {
    path: '/insight/windows/$id',
    title: text('月度通报', 'Monthly pack'),
    permission: 'rates.read',
    load: () => import('./PackPage'),
  },
]
