import { App, Form } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { StaffSelect } from '@/pages/cases/StaffSelect'
import type { Schemas } from '@/pages/system/schemas'
import { LongText } from '@/parts/fields/LongText'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'
import type { Person } from './PersonPage'

/** Names who takes over the open work of somebody who leaves. */
export function HandoverForm({ person, url }: { person: Person; url: UrlForm }) {
  const t = useT()
  const { message } = App.useApp()
  return (
    <FormDrawer<Schemas['OrgSuccession'], Schemas['OrgHandedOver']>
      name={`org.handover.${person.id}`}
      title={t('交接工作', 'Hand work over')}
      url={url}
      submit={(body) =>
        read(
          api.POST('/api/v1/org/staff/{id}/handover', {
            params: { path: { id: person.id } },
            body,
          }),
        )
      }
      onDone={({ pieces }) =>
        message.success(t(`已交接 ${pieces} 件`, `${pieces} pieces of work handed over`))
      }
    >
      <p>
        {t(
          '此人名下未办结的诉求一次全部转给接手人；有一件不能接手，就一件也不转。',
          'Every open case of this person goes to the successor, or none does if one may not.',
        )}
      </p>
      <Form.Item name="successor" label={t('接手人', 'Successor')} required>
        <StaffSelect />
      </Form.Item>
      <Form.Item name="reason" label={t('理由', 'Reason')} required>
        <LongText />
      </Form.Item>
    </FormDrawer>
  )
}
