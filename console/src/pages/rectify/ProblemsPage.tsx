import { Button } from 'antd'
import { useState } from 'react'
import { useCan } from '@/api/useCan'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import type { Choice, Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { InnerLink } from '@/url/InnerLink'
import { single } from '@/url/params'
import { useUrlForm } from '@/url/useUrlForm'
import { useUrlParams } from '@/url/useUrlParams'
import { AssignDrawer } from './AssignDrawer'
import { ledgerColumns } from './ledgerColumns'
import {
  choicesOf,
  type LedgerWords,
  type ProblemRow,
  problemLink,
  useCounts,
  useLedgerWords,
} from './rectifyApi'

/** The ledger: every problem and hazard that the person may see. */
export default function ProblemsPage() {
  const t = useT()
  const words = useLedgerWords()
  const can = useCan()
  const enters = can('rectify.review') || can('rectify.import') || can('rectify.work')
  const [params] = useUrlParams()
  const [ticked, setTicked] = useState<ProblemRow[]>([])
  const assigning = useUrlForm('assign')
  const kind = single(params.kind)
  const counts = useCounts(kind === 'hazard' || kind === 'problem' ? kind : undefined)
  return (
    <>
      <ListPage
        id="rectify.problems"
        title={kind === 'hazard' ? t('隐患台账', 'Hazards') : t('问题台账', 'Ledger of problems')}
        path="/api/v1/problems"
        filters={filters(t, words, counts)}
        columns={ledgerColumns(t, words)}
        keyOf={(row) => row.id}
        linkOf={problemLink}
        exportable
        bulk={[
          {
            key: 'assign',
            label: t('交办所选', 'Assign the chosen'),
            keeps: true,
            run: (rows) => {
              setTicked(rows)
              assigning.show()
            },
          },
        ]}
        actions={
          <>
            <Can permission="rectify.import">
              <InnerLink to="/inspection/problem-import">
                <Button>{t('导入台账', 'Import a ledger')}</Button>
              </InnerLink>
            </Can>
            {enters && (
              <InnerLink to="/inspection/problem-entry">
                <Button type="primary">{t('登记问题', 'Enter a problem')}</Button>
              </InnerLink>
            )}
          </>
        }
        empty={{
          title: t('这里没有问题', 'No problems here'),
          hint: t(
            '检查、自查、巡查发现的问题登记或导入后出现在这里。',
            'What inspections, patrols and self-examinations find appears here once it is entered or imported.',
          ),
        }}
      />
      <AssignDrawer url={assigning} rows={ticked} />
    </>
  )
}

type Counts = ReturnType<typeof useCounts>

function filters(t: Translate, words: LedgerWords | undefined, counts: Counts): Filter[] {
  const groups = (words?.categories ?? []).map(({ code, name }) => ({
    value: code,
    label: t(name),
  }))
  const states = (words?.states ?? []).map(({ name, text }) => ({ value: name, label: t(text) }))
  return [
    { kind: 'text', name: 'q', label: t('编号、描述或部位', 'Number, words or location') },
    { kind: 'choice', name: 'box', label: t('范围', 'Which'), options: boxes(t, counts) },
    { kind: 'choice', name: 'state', label: t('状态', 'State'), options: states },
    {
      kind: 'choice',
      name: 'kind',
      label: t('类型', 'Kind'),
      options: [
        { value: 'problem', label: t('问题', 'Problem') },
        { value: 'hazard', label: t('隐患', 'Hazard') },
      ],
    },
    {
      kind: 'choice',
      name: 'grade',
      label: t('级别', 'Grade'),
      options: [
        { value: 'general', label: t('一般', 'General') },
        { value: 'major', label: t('重大', 'Major') },
      ],
    },
    { kind: 'choice', name: 'category', label: t('类别', 'Category'), options: groups },
    {
      kind: 'choice',
      name: 'source',
      label: t('来源', 'Source'),
      options: choicesOf(words?.sources, t),
    },
    { kind: 'link', name: 'campaign', label: t('只看一次专项行动的', 'Of one campaign') },
    { kind: 'node', name: 'below', label: t('地区或单位', 'Region or unit') },
    { kind: 'days', names: ['from', 'to'], label: t('发现日期', 'Found on'), asks: 'days' },
  ]
}

/** What can be asked for at once, each with how many there are. */
function boxes(t: Translate, counts: Counts): Choice[] {
  const names: [string, string][] = [
    ['overdue', t('已超期', 'Overdue')],
    ['soon', t('7 天内到期', 'Due within 7 days')],
    ['my_review', t('待我审核', 'Mine to review')],
    ['review', t('待审核', 'To review')],
    ['asked', t('申请待批', 'To decide')],
    ['listed', t('挂牌督办', 'Listed')],
    ['look_back', t('该回头看', 'Look back due')],
    ['open', t('未整改完', 'Not put right')],
    ['closed', t('已销号', 'Closed')],
  ]
  return names.map(([value, label]) => {
    const count = counts?.[value]
    return { value, label: count ? `${label} ${count.value}${count.capped ? '+' : ''}` : label }
  })
}
