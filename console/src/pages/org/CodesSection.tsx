import { Button, Form, Input, Table } from 'antd'
import { api, read } from '@/api/client'
import { limits } from '@/api/limits.gen'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { LongText } from '@/parts/fields/LongText'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import { useWords } from './dictionaries'

type Unit = Schemas['OrgUnitDetail']
type Code = Schemas['OrgCode']

/** The codes of an institution, in force and ended; a new value ends the old one. */
export function CodesSection({ unit }: { unit: Unit }) {
  const t = useT()
  const words = useWords()
  const can = useCan()
  const giving = useUrlForm('code')
  const ending = useUrlForm('code.end')
  const manages = can('org.manage') && !unit.closed_at
  const system = (giving.subject ?? ending.subject ?? 'uscc') as Code['system']
  const path = { id: unit.id, system }
  const give = (
    <span className="qf-links">
      {words.options('code_systems').map((one) => (
        <Button key={one.value} size="small" onClick={() => giving.show(one.value)}>
          {t(`新${one.label}`, `New ${one.label}`)}
        </Button>
      ))}
    </span>
  )
  return (
    <Section title={t('机构代码', 'Codes')} extra={manages && give}>
      <Table<Code>
        size="small"
        className="qf-table"
        rowKey={(code) => `${code.system}/${code.valid_from}`}
        dataSource={unit.codes ?? []}
        pagination={false}
        locale={{ emptyText: t('还没有代码', 'No codes yet') }}
        columns={[
          {
            key: 'system',
            title: t('代码种类', 'Code'),
            render: (_, code) => words.name('code_systems', code.system),
          },
          { key: 'value', title: t('代码', 'Value'), dataIndex: 'value', className: 'qf-number' },
          {
            key: 'from',
            title: t('启用', 'From'),
            render: (_, code) => <When at={code.valid_from} precision="date" />,
          },
          {
            key: 'to',
            title: t('停用', 'Until'),
            render: (_, code) => <When at={code.valid_to} precision="date" />,
          },
          {
            key: 'end',
            title: '',
            render: (_, code) =>
              manages &&
              !code.valid_to && (
                <Button size="small" danger onClick={() => ending.show(code.system)}>
                  {t('停用', 'End')}
                </Button>
              ),
          },
        ]}
      />
      <FormDrawer<{ value: string }, unknown>
        name={`org.code.${unit.id}.${system}`}
        title={words.name('code_systems', system)}
        url={giving}
        submit={(body) =>
          read(api.PUT('/api/v1/org/institutions/{id}/codes/{system}', { params: { path }, body }))
        }
      >
        <Form.Item
          name="value"
          label={t('代码', 'Value')}
          required
          extra={t('原代码同时停用。', 'The old one ends.')}
        >
          <Input maxLength={limits.NewCodeBody.value} />
        </Form.Item>
      </FormDrawer>
      <FormDrawer<{ reason: string }, unknown>
        name={`org.code.end.${unit.id}.${system}`}
        title={t('停用代码', 'End the code')}
        url={ending}
        danger
        submit={(body) =>
          read(
            api.POST('/api/v1/org/institutions/{id}/codes/{system}/end', {
              params: { path },
              body,
            }),
          )
        }
      >
        <Form.Item name="reason" label={t('理由', 'Reason')} required>
          <LongText />
        </Form.Item>
      </FormDrawer>
    </Section>
  )
}
