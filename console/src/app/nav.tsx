import {
  AlertOutlined,
  AuditOutlined,
  DashboardOutlined,
  FlagOutlined,
  FormOutlined,
  LineChartOutlined,
  NotificationOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
} from '@ant-design/icons'
import { text } from '@/i18n/text'
import { campaignPages } from '@/pages/campaign/pages'
import { casePages } from '@/pages/cases/pages'
import { codePages } from '@/pages/codes/pages'
import { entryPages } from '@/pages/entry/pages'
import { formPages } from '@/pages/forms/pages'
import { inspectionPages } from '@/pages/inspection/pages'
import { orgPages } from '@/pages/org/pages'
import { ratesPages } from '@/pages/rates/pages'
import { rectifyPages } from '@/pages/rectify/pages'
import { publicationPages, sanctionPages } from '@/pages/sanction/pages'
import { systemPages } from '@/pages/system/pages'
import { deskPages } from '@/pages/workbench/pages'
import type { Area, PageSpec } from './page'

/**
 * The left navigation, in its fixed order. An area takes its pages from
 * `src/pages/<area>/pages.ts`; one without pages, or without any that the person may use, is not shown.
 */
export const areas: Area[] = [
  {
    key: 'desk',
    label: text('工作台', 'Workbench'),
    icon: <DashboardOutlined />,
    pages: deskPages,
  },
  {
    key: 'casework',
    label: text('诉求办理', 'Cases'),
    icon: <FormOutlined />,
    pages: [...casePages, ...entryPages, ...codePages],
  },
  {
    key: 'campaign',
    label: text('专项整治', 'Campaigns'),
    icon: <FlagOutlined />,
    pages: campaignPages,
  },
  {
    key: 'inspection',
    label: text('监督检查', 'Inspection'),
    icon: <AuditOutlined />,
    pages: [...inspectionPages, ...rectifyPages, ...sanctionPages, ...formPages],
  },
  {
    key: 'practice',
    label: text('廉洁行医', 'Clean practice'),
    icon: <SafetyCertificateOutlined />,
    pages: [],
  },
  { key: 'screening', label: text('智能监测', 'Monitoring'), icon: <AlertOutlined />, pages: [] },
  {
    key: 'insight',
    label: text('分析评价', 'Analysis'),
    icon: <LineChartOutlined />,
    pages: ratesPages,
  },
  {
    key: 'publish',
    label: text('公开发布', 'Publication'),
    icon: <NotificationOutlined />,
    pages: publicationPages,
  },
  {
    key: 'system',
    label: text('系统管理', 'Administration'),
    icon: <SettingOutlined />,
    pages: [...orgPages, ...systemPages],
  },
]

/** Pages that belong to no area: they are reached from the top bar. */
export const standingPages: PageSpec[] = [
  {
    path: '/notifications',
    title: text('通知', 'Notifications'),
    load: () => import('@/pages/notices/NoticesPage'),
  },
  {
    path: '/account',
    title: text('我的账号', 'My account'),
    load: () => import('@/pages/account/AccountPage'),
  },
  {
    path: '/cases/$id',
    title: text('诉求', 'Case'),
    load: () => import('@/pages/home/CaseShortcut'),
  },
  {
    path: '/problems/$id',
    title: text('问题', 'Problem'),
    load: () => import('@/pages/rectify/ProblemShortcut'),
  },
  {
    path: '/identity/$id',
    title: text('身份查看审批', 'Requests for identities'),
    load: () => import('@/pages/home/IdentityShortcut'),
  },
]
