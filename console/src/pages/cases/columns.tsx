import type { Translate } from '@/i18n/text'
import type { Column } from '@/parts/list/column'
import { When } from '@/parts/record/When'
import { NextDeadline } from './CaseDeadline'
import { CaseMarks } from './CaseMarks'
import { CaseState } from './CaseState'
import type { CaseRow } from './caseApi'
import type { CaseWords } from './useCaseWords'
import { type Words, wordOf } from './words'

/** The address of a case. */
export function caseLink(row: { id: string }): string {
  return `/casework/cases/${row.id}`
}

/** What each row about a case says of its matter. */
interface Matter {
  number: string
  title: string
  category: string
  institution_name?: string
  lead_name?: string
}

/** The columns of what a case is about. */
export function columnsOfMatter<Row extends Matter>(
  t: Translate,
  categories: Words,
): Column<Row>[] {
  return [
    {
      key: 'number',
      title: t('编号', 'Number'),
      cell: (row) => <span className="qf-number">{row.number}</span>,
    },
    {
      key: 'title',
      title: t('标题', 'Title'),
      primary: true,
      long: true,
      cell: (row) => row.title || t('（无标题）', '(no title)'),
    },
    {
      key: 'category',
      title: t('类别', 'Category'),
      cell: (row) => t(wordOf(categories, row.category)),
    },
    {
      key: 'institution',
      title: t('被反映机构', 'Institution'),
      cell: (row) => row.institution_name || '—',
    },
    { key: 'lead', title: t('主办单位', 'Lead unit'), cell: (row) => row.lead_name || '—' },
  ]
}

/** The columns of every list of cases. */
export function caseColumns(t: Translate, words: CaseWords): Column<CaseRow>[] {
  const { categories, channels, modes } = words
  const matter = columnsOfMatter<CaseRow>(t, categories)
  return [
    ...matter.slice(0, 2),
    {
      key: 'state',
      title: t('状态', 'State'),
      cell: (row) => (
        <>
          <CaseState state={row.state} /> <CaseMarks row={row} />
        </>
      ),
    },
    { key: 'due', title: t('期限', 'Deadline'), cell: (row) => <NextDeadline row={row} /> },
    ...matter.slice(2),
    {
      key: 'received',
      title: t('收到', 'Received'),
      // The number holds the day.
      hidden: true,
      cell: (row) => <When at={row.received_at} />,
    },
    {
      key: 'channel',
      title: t('渠道', 'Channel'),
      hidden: true,
      cell: (row) => t(wordOf(channels, row.channel)),
    },
    {
      key: 'mode',
      title: t('方式', 'Mode'),
      hidden: true,
      cell: (row) => t(wordOf(modes, row.mode)),
    },
  ]
}

/** The columns where cases stand inside another page. */
export function columnsOfRelated(t: Translate, words: CaseWords): Column<CaseRow>[] {
  const few = ['number', 'title', 'state', 'received']
  return caseColumns(t, words).filter(({ key }) => few.includes(key))
}

/** The columns where cases wait for a call-back: all are in the same state. */
export function columnsOfCalling(t: Translate, words: CaseWords): Column<CaseRow>[] {
  const few = ['title', 'due', 'category', 'institution', 'received', 'number', 'mode']
  return caseColumns(t, words).filter(({ key }) => few.includes(key))
}
