import type { PageSpec } from '@/app/page'
import { text } from '@/i18n/text'

/** The pages about units, places, people and regions. */
export const orgPages: PageSpec[] = [
  {
    path: '/system/units',
    title: text('组织机构', 'Units'),
    permission: 'org.read',
    nav: true,
    keepers: ['org.manage'],
    load: () => import('./UnitsPage'),
  },
  {
    path: '/system/units/$id',
    title: text('机构', 'Unit'),
    permission: 'org.read',
    load: () => import('./UnitPage'),
  },
  {
    path: '/system/institutions',
    title: text('医疗机构', 'Institutions'),
    permission: 'org.read',
    nav: true,
    keepers: ['org.manage'],
    load: () => import('./InstitutionsPage'),
  },
  {
    path: '/system/places',
    title: text('地点', 'Places'),
    permission: 'org.read',
    nav: true,
    keepers: ['org.manage', 'place.manage'],
    load: () => import('./PlacesPage'),
  },
  {
    path: '/system/staff',
    title: text('人员与账号', 'People and accounts'),
    permission: 'org.read',
    nav: true,
    keepers: ['org.manage', 'account.manage', 'role.grant'],
    load: () => import('./StaffPage'),
  },
  {
    path: '/system/staff/$id',
    title: text('人员', 'Person'),
    permission: 'org.read',
    load: () => import('./PersonPage'),
  },
  {
    path: '/system/grants',
    title: text('角色授权', 'Roles granted'),
    permission: 'role.grant',
    nav: true,
    load: () => import('./GrantsPage'),
  },
  {
    path: '/system/security',
    title: text('账号安全', 'Account security'),
    permission: 'account.manage',
    nav: true,
    load: () => import('./PolicyPage'),
  },
  {
    path: '/system/imports',
    title: text('批量导入', 'Imports'),
    permission: 'org.manage',
    nav: true,
    load: () => import('./ImportsPage'),
  },
  {
    path: '/system/regions',
    title: text('行政区划', 'Regions'),
    permission: 'org.manage',
    nav: true,
    load: () => import('./RegionsPage'),
  },
]
