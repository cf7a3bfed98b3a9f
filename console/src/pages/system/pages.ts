import type { PageSpec } from '@/app/page'
import { text } from '@/i18n/text'

/** The pages about settings, the calendar and how the program is doing. */
export const systemPages: PageSpec[] = [
  {
    path: '/system/settings',
    title: text('参数设置', 'Settings'),
    permission: 'setting.manage',
    nav: true,
    load: () => import('./SettingsPage'),
  },
  {
    path: '/system/calendar',
    title: text('工作日历', 'Calendar'),
    permission: 'setting.manage',
    nav: true,
    load: () => import('./CalendarPage'),
  },
  {
    path: '/system/jobs',
    title: text('后台任务', 'Background jobs'),
    permission: 'job.manage',
    nav: true,
    load: () => import('./JobsPage'),
  },
  {
    path: '/system/audit',
    title: text('审计日志', 'Audit log'),
    permission: 'audit.read',
    nav: true,
    load: () => import('./AuditPage'),
  },
  {
    path: '/system/status',
    title: text('运行状态', 'Status'),
    permission: 'job.manage',
    nav: true,
    load: () => import('./StatusPage'),
  },
]
