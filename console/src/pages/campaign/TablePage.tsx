import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Form, Skeleton } from 'antd'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { LongText } from '@/parts/fields/LongText'
import { ActionForm } from '@/parts/form/ActionForm'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/record/Section'
import { useGo } from '@/url/useGo'
import { campaignOf } from './campaignApi'
import { RowField } from './RowField'
import { saveTable, type TableRow, tableOf } from './returnApi'
import { emptyRow } from './rowWords'
import './campaign.css'
import './table.css'

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
      submit={({ rows, reason }) => saveTable(props.id, { rows, reason, version: props.version })}
      submitLabel={t('保存', 'Save')}
      onDone={back}
      onCancel={back}
    >
      <div className="qf-stack">
        <Section title={t('指标', 'Rows')}>
          <p className="qf-faint">
            {t(
              '已报送的报表保留当时的行；正在填报的按新的行继续。',
              'What was sent keeps its rows; what is being filled in goes on in the new ones.',
            )}
          </p>
          <Form.List name="rows">
            {(fields, { add, remove, move }, { errors }) => (
              <>
                {fields.map(({ key, name }) => (
                  <Form.Item key={key} name={name} className="qf-table-row">
                    <RowField
                      nth={name}
                      onRemove={() => remove(name)}
                      onUp={() => move(name, name - 1)}
                    />
                  </Form.Item>
                ))}
                <Form.ErrorList errors={errors} />
                <Button icon={<PlusOutlined />} onClick={() => add(emptyRow)}>
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
      </div>
    </ActionForm>
  )
}
