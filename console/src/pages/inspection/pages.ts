import type { PageSpec } from '@/app/page'
import { text } from '@/i18n/text'

/** The pages of inspections: libraries, plan, draw room, tasks. */
export const inspectionPages: PageSpec[] = [
  {
    path: '/inspection/tasks',
    title: text('检查任务', 'Inspections'),
    permission: 'inspection.read',
    nav: true,
    load: () => import('./TasksPage'),
  },
  {
    path: '/inspection/tasks/$id',
    title: text('检查任务', 'Inspection'),
    load: () => import('./TaskPage'),
  },
  {
    path: '/inspection/mine',
    title: text('我的检查', 'My inspections'),
    permission: 'inspection.visit',
    nav: true,
    load: () => import('./MinePage'),
  },
  {
    path: '/inspection/visit/$id',
    title: text('现场检查', 'Visit'),
    permission: 'inspection.visit',
    load: () => import('./visit/VisitPage'),
  },
  {
    path: '/inspection/plans',
    title: text('年度计划', 'Plans'),
    permission: 'inspection.read',
    nav: true,
    load: () => import('./PlansPage'),
  },
  {
    path: '/inspection/plans/$id',
    title: text('年度计划', 'Plan'),
    permission: 'inspection.read',
    load: () => import('./PlanPage'),
  },
  {
    path: '/inspection/draws',
    title: text('随机抽取', 'Draws'),
    permission: 'inspection.read',
    nav: true,
    load: () => import('./DrawsPage'),
  },
  {
    path: '/inspection/draws/$id',
    title: text('抽取室', 'Draw room'),
    permission: 'inspection.read',
    load: () => import('./DrawPage'),
  },
  {
    path: '/inspection/targets',
    title: text('检查对象名录', 'Targets'),
    permission: 'inspection.read',
    nav: true,
    load: () => import('./TargetsPage'),
  },
  {
    path: '/inspection/targets/$id',
    title: text('检查对象', 'Target'),
    permission: 'inspection.read',
    load: () => import('./TargetPage'),
  },
  {
    path: '/inspection/officers',
    title: text('检查人员名录', 'Inspectors'),
    permission: 'inspection.read',
    nav: true,
    load: () => import('./OfficersPage'),
  },
  {
    path: '/inspection/officers/$id',
    title: text('检查人员', 'Inspector'),
    permission: 'inspection.read',
    load: () => import('./OfficerPage'),
  },
  {
    path: '/inspection/monitors',
    title: text('社会监督员', 'Social supervisors'),
    permission: 'inspection.manage',
    nav: true,
    load: () => import('./MonitorsPage'),
  },
  {
    path: '/inspection/monitors/$id',
    title: text('社会监督员', 'Social supervisor'),
    permission: 'inspection.manage',
    load: () => import('./MonitorPage'),
  },
  {
    path: '/inspection/items',
    title: text('检查事项', 'Items'),
    permission: 'inspection.read',
    nav: true,
    load: () => import('./ItemsPage'),
  },
  {
    path: '/inspection/imports',
    title: text('名录导入', 'Import libraries'),
    permission: 'inspection.manage',
    nav: true,
    load: () => import('./ImportPage'),
  },
]
