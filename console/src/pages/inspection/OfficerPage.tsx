import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Form, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { Can } from '@/parts/Can'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { DateField } from '@/parts/fields/DateField'
import { LongText } from '@/parts/fields/LongText'
import { NodeName } from '@/parts/fields/NodeName'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { Page } from '@/parts/Page'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import { EventLine } from './EventLine'
import { type Officer, officerQuery } from './inspectionApi'
import { TargetSelect } from './LibrarySelect'
import { OfficerForm } from './OfficerForm'
import { RecusalTable } from './RecusalTable'
import { useInspectionWords } from './useInspectionWords'

/** One inspector, and from whom they are recused. */
export default function OfficerPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const officer = useQuery(officerQuery(id))
  if (officer.error) return <ProblemAlert error={officer.error} onRetry={officer.refetch} />
  if (!officer.data) return <Skeleton active />
  return <OfficerView officer={officer.data} />
}

function OfficerView({ officer }: { officer: Officer }) {
  const t = useT()
  return (
    <Page title={officer.name} actions={<OfficerActions officer={officer} />}>
      <div className="qf-stack">
        <Section
          title={t('基本情况', 'On record')}
          extra={
            <StateTag tone={officer.active ? 'good' : 'neutral'}>
              {officer.active ? t('在册', 'Active') : t('停用', 'Inactive')}
            </StateTag>
          }
        >
          <Facts
            facts={[
              { label: t('单位', 'Agency'), value: officer.agency },
              { label: t('执法证号', 'Certificate'), value: officer.cert_no },
              {
                label: t('有效期至', 'Valid until'),
                value: <When at={officer.cert_until} precision="date" />,
              },
              { label: t('区划', 'District'), value: <NodeName node={officer.district} /> },
              ...(officer.reason
                ? [{ label: t('停用原因', 'Why inactive'), value: officer.reason, wide: true }]
                : []),
            ]}
          />
        </Section>
        <Section title={t('回避', 'Recusals')}>
          <RecusalTable recusals={officer.recusals ?? []} of="target_name" />
        </Section>
        <Section title={t('经过', 'History')}>
          <EventLine events={officer.events ?? []} names={officer.names} />
        </Section>
      </div>
    </Page>
  )
}

function OfficerActions({ officer }: { officer: Officer }) {
  const t = useT()
  const words = useInspectionWords()
  const recusing = useUrlForm('recuse')
  const changing = useUrlForm('officer')
  const [asking, setAsking] = useState(false)
  const params = { path: { id: officer.id } }
  const label = officer.active ? t('停用', 'Take out') : t('恢复', 'Take in again')
  return (
    <Can permission="inspection.manage">
      <Button onClick={() => setAsking(true)}>{label}</Button>
      <Button onClick={() => changing.show()}>{t('修改', 'Change')}</Button>
      <OfficerForm url={changing} officer={officer} />
      <Button type="primary" onClick={() => recusing.show()}>
        {t('登记回避', 'Recuse')}
      </Button>
      <FormDrawer<Schemas['InspectionRecusalInput'], unknown>
        name={`inspection.recuse.${officer.id}`}
        title={t('登记回避', 'Recuse')}
        url={recusing}
        submit={(body) =>
          read(api.POST('/api/v1/inspection/officers/{id}/recusals', { params, body }))
        }
      >
        <Form.Item name="target_id" label={t('回避的对象', 'From whom')} required>
          <TargetSelect />
        </Form.Item>
        <Form.Item name="kind" label={t('情形', 'Ground')} required>
          <Select options={words.options('recusals')} />
        </Form.Item>
        <Form.Item name="since" label={t('自（不填为今天）', 'From; empty is today')}>
          <DateField />
        </Form.Item>
        <Form.Item name="until" label={t('至（不填为长期）', 'Until; empty is for good')}>
          <DateField />
        </Form.Item>
        <Form.Item name="reason" label={t('具体情形', 'Circumstances')} required>
          <LongText />
        </Form.Item>
      </FormDrawer>
      {asking && (
        <ConfirmReason
          name={`inspection.officer.active.${officer.id}`}
          title={label}
          question={t('停用的人员不参加抽取。', 'Who is not active is not drawn.')}
          reason="required"
          confirm={async (reason) => {
            const body = { active: !officer.active, reason }
            await read(api.POST('/api/v1/inspection/officers/{id}/active', { params, body }))
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Can>
  )
}
