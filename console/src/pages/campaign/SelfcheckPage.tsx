import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, Button, Skeleton } from 'antd'
import { useState } from 'react'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { useWords, type Words } from '@/pages/org/dictionaries'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { NodeName } from '@/parts/fields/NodeName'
import type { BulkAction } from '@/parts/list/bulk'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { Page } from '@/parts/Page'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import { OpenSelfDrawer } from './OpenSelfDrawer'
import { RemindSelf } from './RemindSelf'
import { SelfCounts } from './SelfCounts'
import { SelfState } from './SelfState'
import { SheetDrawer } from './SheetDrawer'
import { type SelfLine, type SelfProgress, selfLink, selfProgressOf } from './selfcheckApi'

/** The round of self-examination of a campaign: how far it is, who did and who did not. */
export default function SelfcheckPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { data, error, refetch } = useQuery(selfProgressOf(id))
  if (error && !data) return <ProblemAlert error={error} onRetry={refetch} />
  if (!data) return <Skeleton active />
  return data.stage ? <Round id={id} progress={data} /> : <NoRound id={id} progress={data} />
}

interface RoundProps {
  id: string
  progress: SelfProgress
}

/** Before anybody was asked. */
function NoRound({ id, progress }: RoundProps) {
  const t = useT()
  const opening = useUrlForm('open')
  const may = progress.stages.length > 0
  return (
    <Page
      title={t('自查自纠', 'Self-examination')}
      actions={
        may && (
          <Button type="primary" onClick={() => opening.show()}>
            {t('开展自查', 'Begin')}
          </Button>
        )
      }
    >
      <Alert
        type="info"
        showIcon
        title={t('还没有要求机构自查', 'No institution was asked yet')}
        description={
          may
            ? t(
                '开展后，方案范围内的每家机构都有一个链接，不用账号就能填报。',
                'Once it begins, every institution in scope has a link and answers without an account.',
              )
            : t(
                '专项整治启动后，由牵头单位开展自查。',
                'Whoever leads the campaign begins it once the campaign runs.',
              )
        }
      />
      <OpenSelfDrawer id={id} progress={progress} url={opening} />
    </Page>
  )
}

function Round({ id, progress }: RoundProps) {
  const t = useT()
  const words = useWords()
  const opening = useUrlForm('open')
  const printing = useUrlForm('sheet')
  const [ticked, setTicked] = useState<string[]>([])
  const [reminding, setReminding] = useState<string[]>()
  const runs = progress.stages.length > 0
  const print = (units: string[]) => {
    setTicked(units)
    printing.show()
  }
  return (
    <>
      <ListPage
        id="campaign.selfcheck"
        title={t('自查自纠', 'Self-examination')}
        path="/api/v1/campaigns/{id}/selfcheck/institutions"
        pathParams={{ id }}
        filters={filters(t, words, progress)}
        columns={columns(t, words, progress.over)}
        keyOf={(row) => row.unit}
        linkOf={(row) => selfLink(id, row.unit)}
        exportable
        {...(runs && { bulk: bulk(t, setReminding, print) })}
        actions={
          runs && (
            <>
              <Button onClick={() => opening.show()}>
                {t('改截止阶段或清单', 'Change the stage or checklist')}
              </Button>
              <Button onClick={() => print([])}>{t('打印链接', 'Print links')}</Button>
              <Button
                type="primary"
                disabled={progress.over || progress.all.due === progress.all.done}
                onClick={() => setReminding([])}
              >
                {t('催报', 'Remind')}
              </Button>
            </>
          )
        }
        empty={{
          title: t('没有这样的机构', 'There is no such institution'),
          hint: t('换一个筛选条件看看。', 'Try another filter.'),
        }}
      >
        <SelfCounts id={id} progress={progress} />
      </ListPage>
      <OpenSelfDrawer id={id} progress={progress} url={opening} />
      <SheetDrawer id={id} units={ticked} url={printing} />
      {reminding && (
        <RemindSelf
          id={id}
          units={reminding}
          left={progress.all.due - progress.all.done}
          onClose={() => setReminding(undefined)}
        />
      )}
    </>
  )
}

function bulk(
  t: Translate,
  remind: (units: string[]) => void,
  print: (units: string[]) => void,
): BulkAction<SelfLine>[] {
  const units = (rows: SelfLine[]) => rows.map((row) => row.unit)
  return [
    {
      key: 'remind',
      label: t('催报所选', 'Remind the chosen'),
      keeps: true,
      run: (rows) => remind(units(rows)),
    },
    {
      key: 'sheet',
      label: t('打印所选的链接', 'Print the chosen links'),
      keeps: true,
      run: (rows) => print(units(rows)),
    },
  ]
}

function filters(t: Translate, words: Words, progress: SelfProgress): Filter[] {
  return [
    { kind: 'text', name: 'q', label: t('机构名称', 'Name of an institution') },
    {
      kind: 'choice',
      name: 'state',
      label: t('状态', 'State'),
      options: [
        { value: 'due', label: progress.over ? t('逾期未交', 'Overdue') : t('未自查', 'Not yet') },
        { value: 'begun', label: t('填写中', 'Begun') },
        { value: 'done', label: t('已自查', 'Sent') },
        { value: 'revoked', label: t('链接已停用', 'Link revoked') },
      ],
    },
    {
      kind: 'choice',
      name: 'region',
      label: t('地区', 'Region'),
      options: progress.regions.map(({ key, name }) => ({ value: key, label: name })),
    },
    {
      kind: 'choice',
      name: 'kind',
      label: t('类别', 'Kind'),
      options: words.options('institution_kinds'),
    },
  ]
}

function columns(t: Translate, words: Words, over: boolean): Column<SelfLine>[] {
  return [
    { key: 'name', title: t('机构', 'Institution'), primary: true, cell: (row) => row.name },
    {
      key: 'state',
      title: t('状态', 'State'),
      cell: (row) => <SelfState of={row} over={over} />,
    },
    {
      key: 'kind',
      title: t('类别', 'Kind'),
      cell: (row) => words.name('institution_kinds', row.kind),
    },
    { key: 'region', title: t('地区', 'Region'), cell: (row) => <NodeName node={row.region} /> },
    {
      key: 'problems',
      title: t('发现问题', 'Problems'),
      align: 'right',
      cell: (row) => (row.revision > 0 ? row.problems : '—'),
    },
    {
      key: 'corrected',
      title: t('已整改', 'Put right'),
      align: 'right',
      cell: (row) => (row.revision > 0 ? row.corrected : '—'),
    },
    {
      key: 'changed',
      title: t('最近提交', 'Last sent'),
      cell: (row) => (row.changed_at ? <When at={row.changed_at} precision="date" /> : '—'),
    },
    { key: 'number', title: t('编号', 'Number'), hidden: true, cell: (row) => row.number || '—' },
  ]
}
