import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Form, Input, Select, Skeleton } from 'antd'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { LongText } from '@/parts/fields/LongText'
import { ActionForm } from '@/parts/form/ActionForm'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/record/Section'
import { useGo } from '@/url/useGo'
import { campaignOf } from './campaignApi'
import { saveTable, type TableRow, tableOf } from './returnApi'
import { ways } from './returnWords'
import './campaign.css'

/** The rows of the statistics table, for who manages the campaign to change. */
export default function TablePage() {
  const t = useT()
  const { id } = useParams({ strict: false }) as { id: string }
  const campaign = useQuery(campaignOf(id))
  const found = useQuery(tableOf(id))
  const error = campaign.error ?? found.error
  if (error) return <ProblemAlert error={error} onRetry={found.refetch} />
  if (!campaign.data || !found.data) return <Skeleton active />
  return (
    <Page title={t(`统计表的行：${campaign.data.title}`, `Rows: ${campaign.data.title}`)}>
      <TableForm id={id} version={found.data.version} rows={found.data.rows} />
    </Page>
  )
}

interface Values {
  rows: TableRow[]
  reason: string
}

function TableForm(props: { id: string; version: number; rows: TableRow[] }) {
  const t = useT()
  const go = useGo()
  const back = () => go(`/campaign/list/${props.id}/returns`)
  return (
    <ActionForm<Values, unknown>
      name={`campaign.table.${props.id}.${props.version}`}
      initial={{ rows: props.rows, reason: '' }}
      submit={({ rows, reason }) =>
        saveTable(props.id, { rows: rows.map(whole), reason, version: props.version })
      }
      submitLabel={t('保存', 'Save')}
      onDone={back}
      onCancel={back}
    >
      <Section title={t('指标', 'Rows')}>
        <Form.List name="rows">
          {(fields, { add, remove, move }) => (
            <>
              {fields.map(({ key, name }) => (
                <div key={key} className="qf-plan-entry">
                  <RowFields at={name} />
                  <Button
                    size="small"
                    disabled={name === 0}
                    onClick={() => move(name, name - 1)}
                    aria-label={t('上移', 'Move up')}
                  >
                    ↑
                  </Button>
                  <Button size="small" onClick={() => remove(name)}>
                    {t('删除', 'Remove')}
                  </Button>
                </div>
              ))}
              <Button onClick={() => add({ way: 'typed', money: '', decimals: 0 })}>
                {t('增加一行', 'Add a row')}
              </Button>
            </>
          )}
        </Form.List>
      </Section>
      <Section title={t('修改原因', 'Why it changes')}>
        <Form.Item name="reason" label={t('原因', 'Reason')} required>
          <LongText />
        </Form.Item>
      </Section>
    </ActionForm>
  )
}

function RowFields({ at }: { at: number }) {
  const t = useT()
  const field = (name: string, label: string) => (
    <Form.Item name={[at, name]} label={label}>
      <Input />
    </Form.Item>
  )
  return (
    <div className="qf-plan-fields qf-plan-row">
      {field('label', t('指标', 'Row'))}
      {field('key', t('代码', 'Key'))}
      {field('group', t('类别', 'Group'))}
      {field('unit', t('单位', 'Unit'))}
      <Form.Item name={[at, 'way']} label={t('来源', 'From')}>
        <Select
          options={Object.entries(ways).map(([value, name]) => ({ value, label: t(name) }))}
        />
      </Form.Item>
      <Form.Item name={[at, 'money']} label={t('金额', 'Amount')}>
        <Select
          options={[
            { value: '', label: t('不是金额', 'No amount') },
            { value: 'yuan', label: t('元', 'yuan') },
            { value: 'wan', label: t('万元', '10,000 yuan') },
          ]}
        />
      </Form.Item>
      {field('figure', t('系统数据', 'Figure'))}
      {field('part', t('分子', 'Numerator'))}
      {field('whole', t('分母', 'Denominator'))}
      {field('parent', t('属于（总数的代码）', 'Part of (key)'))}
    </div>
  )
}

/** A row with everything that the form leaves out. */
function whole(row: TableRow): TableRow {
  return {
    ...row,
    key: row.key ?? '',
    group: row.group ?? '',
    label: row.label ?? '',
    unit: row.unit ?? '',
    decimals: row.decimals ?? 0,
    distinct: row.distinct ?? false,
    stock: row.stock ?? false,
    at_most: row.at_most ?? [],
  }
}
