import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Empty, Table } from 'antd'
import { useState } from 'react'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { NodeName } from '@/parts/fields/NodeName'
import { Page } from '@/parts/Page'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import { catalogueQuery, type DispatchRule, endRule } from './caseApi'
import { RuleForm } from './RuleForm'
import { type CaseWords, useCaseWords } from './useCaseWords'
import { wordOf } from './words'

/** The dispatch catalogue: which unit leads and which help, by kind of report and place. */
export default function CataloguePage() {
  const t = useT()
  const words = useCaseWords()
  const may = useCan()('catalogue.manage')
  const form = useUrlForm('rule')
  const client = useQueryClient()
  const [ending, setEnding] = useState<DispatchRule>()
  const { data, error, refetch } = useQuery(catalogueQuery)
  const end = async (rule: DispatchRule) => {
    await endRule(rule.id)
    await client.invalidateQueries({ queryKey: catalogueQuery.queryKey })
  }
  return (
    <Page
      title={t('派单目录', 'Dispatch catalogue')}
      actions={
        may && (
          <Button type="primary" onClick={() => form.show()}>
            {t('新增规则', 'Add a row')}
          </Button>
        )
      }
    >
      <p className="qf-faint">
        {t(
          '范围最小的规则优先；没有规则的诉求派给被反映机构。廉洁线索一律走纪检渠道。',
          'The row with the narrowest scope holds; without one the institution concerned handles the case. Integrity clues always take the discipline line.',
        )}
      </p>
      {error && <ProblemAlert error={error} onRetry={refetch} />}
      {data?.length === 0 && (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t('还没有规则，全部派给被反映机构', 'No rows yet')}
        />
      )}
      {!error && data?.length !== 0 && (
        <Table<DispatchRule>
          size="small"
          rowKey="id"
          className="qf-table"
          loading={!data}
          dataSource={data ?? []}
          pagination={false}
          locale={{ emptyText: t('还没有规则，全部派给被反映机构', 'No rows yet') }}
          columns={columns(t, words, may ? setEnding : undefined)}
        />
      )}
      <RuleForm url={form} />
      {ending && (
        <ConfirmReason
          name={`catalogue.end.${ending.id}`}
          title={t('停用规则', 'End this row')}
          question={t(
            '停用后收到的诉求不再按它派单，已派的不受影响。',
            'Cases that arrive later no longer follow it; those dispatched stay as they are.',
          )}
          danger
          confirm={() => end(ending)}
          onClose={() => setEnding(undefined)}
        />
      )}
    </Page>
  )
}

type T = ReturnType<typeof useT>

function columns(
  t: T,
  { categories, classes, targets }: CaseWords,
  onEnd: ((rule: DispatchRule) => void) | undefined,
) {
  const all = t('全部', 'All')
  return [
    {
      key: 'category',
      title: t('类别', 'Category'),
      render: (_: unknown, rule: DispatchRule) =>
        rule.category ? t(wordOf(categories, rule.category)) : all,
    },
    {
      key: 'class',
      title: t('诉求类型', 'Kind'),
      render: (_: unknown, rule: DispatchRule) =>
        rule.class ? t(wordOf(classes, rule.class)) : all,
    },
    {
      key: 'scope',
      title: t('适用范围', 'Where'),
      render: (_: unknown, rule: DispatchRule) => <NodeName node={rule.scope} />,
    },
    {
      key: 'target',
      title: t('主办', 'Leads'),
      render: (_: unknown, rule: DispatchRule) =>
        rule.unit_id ? <NodeName node={rule.unit_id} /> : t(wordOf(targets, rule.target)),
    },
    {
      key: 'helpers',
      title: t('协办', 'Help'),
      render: (_: unknown, rule: DispatchRule) =>
        rule.helpers?.length ? rule.helpers.map((one) => <Helper key={one} code={one} />) : '—',
    },
    {
      key: 'reason',
      title: t('依据', 'Why'),
      className: 'qf-cell-long',
      dataIndex: 'reason',
    },
    {
      key: 'made',
      title: t('设立', 'Made'),
      render: (_: unknown, rule: DispatchRule) => <When at={rule.made_at} precision="date" />,
    },
    ...(onEnd
      ? [
          {
            key: 'end',
            title: '',
            render: (_: unknown, rule: DispatchRule) => (
              <Button size="small" danger onClick={() => onEnd(rule)}>
                {t('停用', 'End')}
              </Button>
            ),
          },
        ]
      : []),
  ]
}

function Helper({ code }: { code: string }) {
  const t = useT()
  const { targets } = useCaseWords()
  const target = targets[code]
  return <div>{target ? t(target) : <NodeName node={code} />}</div>
}
