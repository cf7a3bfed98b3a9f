import { text } from '@/i18n/text'
import type { boxesFor } from './boxes'

type Counted = Parameters<typeof boxesFor>[0]

const returns = '/campaign/returns'
const tasks = '/inspection/tasks'
const problems = '/inspection/problems'
const penalties = '/inspection/penalties'

/** The numbers of returns. */
export const returnBoxes: Counted = [
  {
    key: 'fill',
    label: text('待填报', 'Returns to fill in'),
    to: `${returns}?box=fill`,
    tone: 'plain',
    note: text('本级要报送的', 'Those of your own level'),
    for: ['campaign.report'],
  },
  {
    key: 'soon',
    label: text('七天内到期', 'Due within a week'),
    to: `${returns}?box=soon`,
    tone: 'warn',
    note: text('其中还没有报送的', 'Of those, not handed in'),
    for: ['campaign.report'],
  },
  {
    key: 'sign',
    label: text('待审签', 'To be signed'),
    to: `${returns}?box=sign`,
    tone: 'plain',
    note: text('由本级审签的', 'Signed off by your level'),
    for: ['campaign.sign', 'campaign.manage'],
  },
  {
    key: 'late',
    label: text('逾期未报', 'Late'),
    to: `${returns}?box=late`,
    tone: 'bad',
    note: text('本级和下级的', 'Of your level and below'),
  },
]

/** The numbers of inspections. */
export const inspectionBoxes: Counted = [
  {
    key: 'mine',
    label: text('待我检查', 'Mine to inspect'),
    to: '/inspection/mine',
    tone: 'plain',
    for: ['inspection.visit'],
  },
  {
    key: 'overdue',
    label: text('超期未检查', 'Not inspected in time'),
    to: `${tasks}?box=overdue`,
    tone: 'bad',
  },
  {
    key: 'unchecked',
    label: text('结果待复核', 'To be confirmed'),
    to: `${tasks}?box=unchecked`,
    tone: 'plain',
    note: text('由另一人复核', 'By a second person'),
    for: ['inspection.manage'],
  },
  {
    key: 'late',
    label: text('超期未公示', 'Publication late'),
    to: `${tasks}?box=late`,
    tone: 'bad',
    note: text('结果出来已满 20 个工作日', '20 working days after the result'),
    for: ['inspection.manage'],
  },
]

/** The numbers of the ledger of problems. */
export const ledgerBoxes: Counted = [
  {
    key: 'overdue',
    label: text('整改超期', 'Overdue'),
    to: `${problems}?box=overdue`,
    tone: 'bad',
  },
  {
    key: 'soon',
    label: text('七天内到期', 'Due within a week'),
    to: `${problems}?box=soon`,
    tone: 'warn',
  },
  {
    key: 'open',
    label: text('整改中', 'Being put right'),
    to: `${problems}?box=open`,
    tone: 'plain',
    for: ['rectify.work'],
  },
  {
    key: 'my_review',
    label: text('待我审核', 'Mine to review'),
    to: `${problems}?box=my_review`,
    tone: 'plain',
    note: text('已申请销号', 'Closing was applied for'),
    for: ['rectify.review', 'rectify.work'],
  },
  {
    key: 'asked',
    label: text('申请待审批', 'Requests to decide'),
    to: `${problems}?box=asked`,
    tone: 'plain',
    for: ['rectify.review'],
  },
  {
    key: 'look_back',
    label: text('待回头看', 'To be looked at again'),
    to: `${problems}?box=look_back`,
    tone: 'plain',
    for: ['rectify.review'],
  },
]

/** The numbers of penalties and what follows from them. */
export const sanctionBoxes: Counted = [
  {
    key: 'penalties_late',
    label: text('处罚超期', 'Penalties overdue'),
    to: `${penalties}?overdue=true`,
    tone: 'bad',
  },
  {
    key: 'penalties_soon',
    label: text('处罚期限将至', 'Penalties due soon'),
    to: `${penalties}?soon=true`,
    tone: 'warn',
    note: text('期限已过五分之四', 'Four fifths of a limit are over'),
  },
  {
    key: 'points_late',
    label: text('记分超期', 'Points overdue'),
    to: '/inspection/points?overdue=true',
    tone: 'bad',
    for: ['sanction.manage'],
  },
  {
    key: 'consequences',
    label: text('记分后果待决定', 'Consequences to decide'),
    to: '/inspection/points?view=consequences&state=raised',
    tone: 'plain',
    for: ['sanction.manage'],
  },
  {
    key: 'transfers_late',
    label: text('移送待催办', 'Transfers to chase'),
    to: '/inspection/transfers?overdue=true',
    tone: 'bad',
    for: ['sanction.manage'],
  },
  {
    key: 'proposed',
    label: text('公示待审批', 'Publications to approve'),
    to: '/publish/sanctions?state=proposed',
    tone: 'plain',
    for: ['sanction.publish'],
  },
  {
    key: 'withdraw',
    label: text('公示应撤未撤', 'Publications to withdraw'),
    to: '/publish/sanctions?overdue=true',
    tone: 'bad',
    for: ['sanction.publish', 'sanction.manage'],
  },
]
