import type { PageSpec } from '@/app/page'
import { text } from '@/i18n/text'

/** The pages of rectification campaigns. */
export const campaignPages: PageSpec[] = [
  {
    path: '/campaign/list',
    title: text('专项行动', 'Campaigns'),
    permission: 'campaign.read',
    nav: true,
    load: () => import('./CampaignsPage'),
  },
  {
    path: '/campaign/new',
    title: text('新建专项', 'New campaign'),
    permission: 'campaign.manage',
    load: () => import('./NewCampaignPage'),
  },
  {
    path: '/campaign/list/$id',
    title: text('专项行动', 'Campaign'),
    permission: 'campaign.read',
    load: () => import('./CampaignPage'),
  },
  {
    path: '/campaign/list/$id/plan',
    title: text('整治方案', 'Plan'),
    permission: 'campaign.read',
    load: () => import('./PlanPage'),
  },
  {
    path: '/campaign/list/$id/institutions',
    title: text('机构覆盖', 'Institutions covered'),
    permission: 'campaign.read',
    load: () => import('./CoveredPage'),
  },
  {
    path: '/campaign/list/$id/returns',
    title: text('报表', 'Returns'),
    permission: 'campaign.read',
    load: () => import('./ReturnsPage'),
  },
  {
    path: '/campaign/list/$id/returns/$return',
    title: text('报表', 'Return'),
    permission: 'campaign.read',
    load: () => import('./ReturnPage'),
  },
  {
    path: '/campaign/list/$id/returns/$return/rows/$row',
    title: text('数据构成', 'What makes up a number'),
    permission: 'campaign.read',
    load: () => import('./ReturnRowPage'),
  },
  {
    path: '/campaign/list/$id/returns/$return/rows/$row/figures/$column',
    title: text('数据明细', 'Rows behind a figure'),
    permission: 'campaign.read',
    load: () => import('./ReturnFigurePage'),
  },
  {
    path: '/campaign/list/$id/returns/$return/year',
    title: text('各期数据', 'Period by period'),
    permission: 'campaign.read',
    load: () => import('./YearPage'),
  },
  {
    path: '/campaign/returns',
    title: text('报表', 'Returns'),
    permission: 'campaign.read',
    nav: true,
    keepers: ['campaign.report', 'campaign.manage', 'campaign.sign'],
    load: () => import('./AllReturnsPage'),
  },
  {
    path: '/campaign/conduct',
    title: text('行风建设人员', 'Conduct staff'),
    permission: 'campaign.read',
    nav: true,
    keepers: ['campaign.report', 'campaign.manage', 'campaign.sign'],
    load: () => import('./ConductPage'),
  },
  {
    path: '/campaign/list/$id/table',
    title: text('统计表的行', 'Rows of the table'),
    permission: 'campaign.manage',
    load: () => import('./TablePage'),
  },
  {
    path: '/campaign/list/$id/selfcheck',
    title: text('自查自纠', 'Self-examination'),
    permission: 'campaign.read',
    load: () => import('./SelfcheckPage'),
  },
  {
    path: '/campaign/list/$id/selfcheck/$unit',
    title: text('机构自查', 'Self-examination'),
    permission: 'campaign.read',
    load: () => import('./SelfOnePage'),
  },
  {
    path: '/campaign/list/$id/look-back',
    title: text('回头看', 'Look back'),
    permission: 'campaign.read',
    load: () => import('./LookBackPage'),
  },
  {
    path: '/campaign/list/$id/look-back/$look',
    title: text('回头看', 'Look back'),
    permission: 'campaign.read',
    load: () => import('./LookPage'),
  },
  {
    path: '/campaign/list/$id/typical',
    title: text('典型案例', 'Typical cases'),
    permission: 'campaign.read',
    load: () => import('./TypicalCasesPage'),
  },
  {
    path: '/campaign/list/$id/typical/$typical',
    title: text('典型案例', 'Typical case'),
    permission: 'campaign.read',
    load: () => import('./TypicalPage'),
  },
  {
    path: '/campaign/list/$id/briefs',
    title: text('简报与总结', 'Briefs and summary'),
    permission: 'campaign.read',
    load: () => import('./BriefsPage'),
  },
  {
    path: '/campaign/list/$id/briefs/$brief',
    title: text('简报与总结', 'Brief or summary'),
    permission: 'campaign.read',
    load: () => import('./BriefPage'),
  },
  {
    path: '/campaign/list/$id/briefs/$brief/edit',
    title: text('修改简报', 'Change a brief'),
    permission: 'campaign.manage',
    load: () => import('./BriefEditPage'),
  },
]
