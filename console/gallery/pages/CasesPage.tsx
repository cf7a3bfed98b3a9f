import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { RowOf } from '@/api/answers'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { Deadline } from '@/parts/record/Deadline'
import { Money } from '@/parts/record/Money'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import type { GalleryCase } from '../cases'
import { CaseForm } from './CaseForm'
import { CaseState } from './CaseState'

// The gallery's own endpoint is in no schema; real pages write the path and get the row's type from it.
const path = '/gallery/cases' as '/api/v1/cases'

/** A list with everything a list has. */
export default function CasesPage() {
  const t = useT()
  const form = useUrlForm('case')
  return (
    <>
      <ListPage
        id="gallery.cases"
        title={t('全部诉求', 'All cases')}
        path={path}
        filters={filters(t)}
        columns={columns(t) as unknown as Column<RowOf<typeof path>>[]}
        keyOf={(row) => row.id}
        linkOf={(row) => `/casework/cases/${row.id}`}
        exportable
        bulk={[
          {
            key: 'dispatch',
            label: t('派单', 'Dispatch'),
            run: () => Promise.resolve(),
          },
          {
            key: 'urge',
            label: t('催办', 'Urge'),
            ask: {
              question: t('承办单位会立即收到催办通知。', 'The units are told at once.'),
              reason: 'required',
            },
            run: () => Promise.resolve(),
          },
        ]}
        actions={
          <Button type="primary" icon={<PlusOutlined />} onClick={() => form.show()}>
            {t('登记诉求', 'Enter a case')}
          </Button>
        }
        empty={{ title: t('还没有诉求', 'No cases yet') }}
      />
      <CaseForm />
    </>
  )
}

function filters(t: Translate): Filter[] {
  return [
    { kind: 'text', name: 'q', label: t('编号、内容', 'Number, words') },
    {
      kind: 'choice',
      name: 'state',
      label: t('状态', 'State'),
      many: true,
      options: [
        { value: 'new', label: t('待受理', 'New') },
        { value: 'working', label: t('办理中', 'Working') },
        { value: 'review', label: t('待审核', 'In review') },
        { value: 'closed', label: t('已归档', 'Closed') },
      ],
    },
    { kind: 'unit', name: 'unit', label: t('承办单位', 'Unit') },
    { kind: 'days', names: ['from', 'to'], label: t('受理日期', 'Received') },
    { kind: 'flag', name: 'overdue', label: t('只看超期', 'Overdue only') },
  ]
}

function columns(t: Translate): Column<GalleryCase>[] {
  return [
    {
      key: 'number',
      title: t('编号', 'Number'),
      primary: true,
      cell: (row) => <span className="qf-number">{row.number}</span>,
    },
    { key: 'title', title: t('内容', 'What'), long: true, cell: (row) => row.title },
    { key: 'category', title: t('类别', 'Category'), cell: (row) => row.category },
    { key: 'place', title: t('地点', 'Place'), cell: (row) => row.place },
    { key: 'state', title: t('状态', 'State'), cell: (row) => <CaseState state={row.state} /> },
    {
      key: 'due',
      title: t('期限', 'Deadline'),
      sort: 'due',
      cell: (row) => <Deadline from={row.received_at} due={row.due_at} doneAt={row.closed_at} />,
    },
    {
      key: 'amount',
      title: t('金额（元）', 'Amount (yuan)'),
      align: 'right',
      cell: (row) => <Money fen={row.amount_fen} />,
    },
    {
      key: 'received',
      title: t('受理时间', 'Received'),
      sort: 'received',
      cell: (row) => <When at={row.received_at} />,
    },
    { key: 'handler', title: t('承办人', 'Handler'), hidden: true, cell: (row) => row.handler },
  ]
}
