import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Breadcrumb, Button, Checkbox, Form, Input, InputNumber, Skeleton } from 'antd'
import { api, read } from '@/api/client'
import { limits } from '@/api/limits.gen'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { Can } from '@/parts/Can'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { LongText } from '@/parts/fields/LongText'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { Page } from '@/parts/Page'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { useUrlForm } from '@/url/useUrlForm'
import { CodesSection } from './CodesSection'
import { ContactFields } from './ContactFields'
import { useWords } from './dictionaries'
import { OpenState } from './OpenState'
import { ProfileSection } from './ProfileSection'

type Unit = Schemas['OrgUnitDetail']

/** A unit with everything on record. */
export default function UnitPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const unit = useQuery({
    queryKey: ['org', 'unit', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/org/units/{id}', { params: { path: { id } }, signal })),
  })
  if (unit.error) return <ProblemAlert error={unit.error} onRetry={unit.refetch} />
  if (!unit.data) return <Skeleton active />
  return <UnitView unit={unit.data} />
}

function UnitView({ unit }: { unit: Unit }) {
  const t = useT()
  const words = useWords()
  const kind = words.name('unit_kinds', unit.kind)
  const subkind = words.name(
    unit.kind === 'agency' ? 'agency_kinds' : 'institution_kinds',
    unit.subkind,
  )
  return (
    <Page title={unit.name} actions={<UnitActions unit={unit} />}>
      <div className="qf-stack">
        <Breadcrumb
          items={(unit.crumbs ?? []).map((crumb) => ({ key: crumb.id, title: crumb.name }))}
        />
        <Section title={t('基本情况', 'On record')} extra={<OpenState closedAt={unit.closed_at} />}>
          <Facts
            facts={[
              { label: t('种类', 'Kind'), value: subkind ? `${kind} · ${subkind}` : kind },
              { label: t('简称', 'Short name'), value: unit.short_name || '—' },
              { label: t('电话', 'Telephone'), value: unit.phone || '—' },
              { label: t('服务时间', 'Service hours'), value: unit.hours || '—' },
              { label: t('地址', 'Address'), value: unit.address || '—' },
              {
                label: t('登记时间', 'On record since'),
                value: <When at={unit.created_at} precision="date" />,
              },
            ]}
          />
        </Section>
        {unit.profile && <ProfileSection id={unit.id} profile={unit.profile} />}
        {unit.kind === 'institution' && <CodesSection unit={unit} />}
        <Section title={t('下属', 'Below it')}>
          <div className="qf-links">
            <InnerLink to={`/system/units?below=${unit.id}`}>
              {t('下级机构和科室', 'Units and departments')}
            </InnerLink>
            <InnerLink to={`/system/places?below=${unit.id}`}>{t('地点', 'Places')}</InnerLink>
            <InnerLink to={`/system/staff?below=${unit.id}`}>{t('人员', 'People')}</InnerLink>
          </div>
        </Section>
      </div>
    </Page>
  )
}

function UnitActions({ unit }: { unit: Unit }) {
  const t = useT()
  const editing = useUrlForm('unit.edit')
  const closing = useUrlForm('unit.close')
  if (unit.closed_at) return null
  const path = { id: unit.id }
  return (
    <Can permission="org.manage">
      <Button danger onClick={() => closing.show()}>
        {t('停用', 'Close')}
      </Button>
      <Button type="primary" onClick={() => editing.show()}>
        {t('修改', 'Change')}
      </Button>
      <FormDrawer<Schemas['OrgUnitChange'], unknown>
        name={`org.unit.${unit.id}`}
        title={t('修改', 'Change')}
        url={editing}
        initial={unit}
        submit={({ name, short_name, phone, hours, address, sort }) =>
          read(
            api.PATCH('/api/v1/org/units/{id}', {
              params: { path },
              body: { ...defined({ name, short_name, phone, hours, address, sort }) },
            }),
          )
        }
      >
        <Form.Item name="name" label={t('名称', 'Name')} required>
          <Input maxLength={limits.OrgUnitChange.name} />
        </Form.Item>
        <ContactFields />
        <Form.Item name="sort" label={t('排序', 'Order')}>
          <InputNumber min={0} max={9999} />
        </Form.Item>
      </FormDrawer>
      <FormDrawer<Schemas['OrgClosing'], unknown>
        name={`org.unit.close.${unit.id}`}
        title={t('停用', 'Close')}
        url={closing}
        danger
        submitLabel={t('停用', 'Close')}
        submit={(body) =>
          read(api.POST('/api/v1/org/units/{id}/close', { params: { path }, body }))
        }
      >
        <p>
          {t(
            '停用后不再出现在选择中，历史记录保留。',
            'It can no longer be chosen; what happened there stays on record.',
          )}
        </p>
        <Form.Item name="below" valuePropName="checked">
          <Checkbox>{t('连同下级和地点一起停用', 'Close everything below it too')}</Checkbox>
        </Form.Item>
        <Form.Item name="reason" label={t('理由', 'Reason')} required>
          <LongText />
        </Form.Item>
      </FormDrawer>
    </Can>
  )
}

/** Leaves out what was not filled in. */
function defined<V extends object>(values: V): { [K in keyof V]: Exclude<V[K], undefined> } {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
  ) as never
}
