import type { PageSpec } from '@/app/page'
import { text } from '@/i18n/text'

/** The pages of the ledger of problems, under 监督检查. */
export const rectifyPages: PageSpec[] = [
  {
    path: '/inspection/problems',
    title: text('问题台账', 'Problems'),
    permission: 'rectify.read',
    nav: true,
    load: () => import('./ProblemsPage'),
  },
  {
    path: '/inspection/hazards',
    title: text('隐患台账', 'Hazards'),
    permission: 'rectify.read',
    nav: true,
    load: () => import('./HazardsPage'),
  },
  {
    path: '/inspection/problems/$id',
    title: text('问题', 'Problem'),
    permission: 'rectify.read',
    load: () => import('./ProblemPage'),
  },
  {
    path: '/inspection/problem-entry',
    title: text('登记问题', 'Enter a problem'),
    permission: 'rectify.read',
    load: () => import('./ProblemEntryPage'),
  },
  {
    path: '/inspection/problem-import',
    title: text('导入台账', 'Import a ledger'),
    permission: 'rectify.import',
    load: () => import('./ProblemImportPage'),
  },
]
