import { areas } from '@/app/nav'
import type { Area, PageSpec } from '@/app/page'
import { text } from '@/i18n/text'

const cases: PageSpec[] = [
  {
    path: '/casework/cases',
    title: text('全部诉求', 'All cases'),
    nav: true,
    load: () => import('./pages/CasesPage'),
  },
  {
    path: '/casework/cases/$id',
    title: text('诉求', 'Case'),
    load: () => import('./pages/CasePage'),
  },
  {
    path: '/casework/import',
    title: text('12345 导入', '12345 import'),
    nav: true,
    load: () => import('./pages/ImportPage'),
  },
  {
    path: '/casework/secret',
    title: text('没有权限的页面', 'A page without permission'),
    permission: 'nobody.has.this',
    load: () => import('./pages/ImportPage'),
  },
]

const desk: PageSpec[] = [
  {
    path: '/desk',
    title: text('工作台', 'Workbench'),
    nav: true,
    load: () => import('./pages/DeskPage'),
  },
]

function other(key: string): PageSpec[] {
  return [
    {
      path: `/${key}`,
      title: text('示例', 'Example'),
      nav: true,
      load: () => import('./pages/DeskPage'),
    },
  ]
}

/** The navigation of the gallery: the real areas with pages over made-up data. */
export const galleryAreas: Area[] = areas.map((area) => ({
  ...area,
  pages: area.key === 'desk' ? desk : area.key === 'casework' ? cases : other(area.key),
}))
