import { Space, Tag } from 'antd'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Column } from '@/parts/list/column'
import { Deadline } from '@/parts/record/Deadline'
import { StateTag, type Tone } from '@/parts/record/StateTag'
import { categoryName, type LedgerWords, nameIn, type ProblemRow } from './rectifyApi'

const tones: Record<string, Tone> = {
  open: 'warn',
  doing: 'active',
  applied: 'active',
  reviewing: 'active',
  closed: 'good',
  held: 'good',
}

/** How a problem stands, in words, and what is special about it. */
export function ProblemState({ row, words }: { row: ProblemRow; words: LedgerWords | undefined }) {
  const t = useT()
  const state = words?.states?.find((one) => one.name === row.state)
  return (
    <Space size={4} wrap>
      <StateTag tone={tones[row.state] ?? 'neutral'}>{state ? t(state.text) : row.state}</StateTag>
      {row.grade === 'major' && <Tag color="error">{t('重大', 'Major')}</Tag>}
      {row.on_list && <Tag color="warning">{t('挂牌', 'Listed')}</Tag>}
      {row.pressed > 0 && <Tag color="error">{t(...pressed(row.pressed))}</Tag>}
      {row.rebounds > 0 && (
        <Tag color="warning">{t(`反弹 ${row.rebounds} 次`, `Came back ×${row.rebounds}`)}</Tag>
      )}
      {row.asked && <Tag color="processing">{t('有申请待批', 'To decide')}</Tag>}
    </Space>
  )
}

function pressed(level: number): [string, string] {
  if (level >= 3) return ['应问责', 'Accountability due']
  return level === 2 ? ['应约谈', 'Talk due'] : ['提级督办', 'Pressed from above']
}

/** How long there is to put a problem right; nothing where there is no deadline. */
export function ProblemDeadline({ row }: { row: ProblemRow }) {
  const t = useT()
  if (row.state === 'withdrawn') return <span>—</span>
  if (!row.due_at) return <span>{t('无期限', 'No deadline')}</span>
  return (
    <Deadline from={row.created_at} due={row.due_at} doneAt={row.applied_at ?? row.closed_at} />
  )
}

/** The columns of the ledger. */
export function ledgerColumns(t: Translate, words: LedgerWords | undefined): Column<ProblemRow>[] {
  const whose = (row: ProblemRow) => row.responsible_name || row.charge || '—'
  return [
    {
      key: 'number',
      title: t('编号', 'Number'),
      cell: (row) => (
        <span className="qf-number">{row.number || t('编号中', 'being numbered')}</span>
      ),
    },
    {
      key: 'description',
      title: t('问题', 'Problem'),
      primary: true,
      long: true,
      cell: (row) => row.description,
    },
    {
      key: 'state',
      title: t('状态', 'State'),
      cell: (row) => <ProblemState row={row} words={words} />,
    },
    { key: 'due', title: t('期限', 'Deadline'), cell: (row) => <ProblemDeadline row={row} /> },
    {
      key: 'unit',
      title: t('责任单位', 'Unit'),
      cell: (row) => [row.unit_name, row.department_name].filter(Boolean).join(' · '),
    },
    { key: 'responsible', title: t('责任人', 'Responsible'), cell: whose },
    {
      key: 'category',
      title: t('类别', 'Category'),
      cell: (row) => t(categoryName(words, row.category)),
    },
    {
      key: 'source',
      title: t('来源', 'Source'),
      cell: (row) => t(nameIn(words?.sources, row.source)),
    },
    {
      key: 'location',
      title: t('部位', 'Location'),
      hidden: true,
      cell: (row) => row.location || '—',
    },
  ]
}
