import { useQueryClient } from '@tanstack/react-query'
import { App, Form, Input } from 'antd'
import { useT } from '@/i18n/useT'
import { StaffSelect } from '@/pages/cases/StaffSelect'
import { OrgPicker } from '@/parts/fields/OrgPicker'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'
import { assignAll, type ProblemRow } from './rectifyApi'

interface AssignDrawerProps {
  url: UrlForm
  rows: ProblemRow[]
}

/** Gives several problems to one department or person. */
export function AssignDrawer({ url, rows }: AssignDrawerProps) {
  const t = useT()
  const { modal, message } = App.useApp()
  const client = useQueryClient()
  return (
    <FormDrawer<{ department_id?: string; responsible?: string; note?: string }, void>
      name="rectify.assign"
      title={t(`交办 ${rows.length} 个问题`, `Assign ${rows.length} problems`)}
      url={url}
      submit={async (values) => {
        const { done, refused } = await assignAll(
          rows.map((row) => row.id),
          values,
        )
        message.success(t(`已交办 ${done} 个`, `Assigned: ${done}`))
        if (refused?.length) {
          modal.warning({
            title: t('有的没有交办', 'Some were not assigned'),
            content: refused.map(({ id, text }) => (
              <p key={id}>
                {rows.find((row) => row.id === id)?.number} {t(text)}
              </p>
            )),
          })
        }
        await client.invalidateQueries()
      }}
    >
      <Form.Item name="department_id" label={t('科室', 'Department')}>
        <OrgPicker />
      </Form.Item>
      <Form.Item name="responsible" label={t('责任人', 'Responsible')}>
        <StaffSelect />
      </Form.Item>
      <Form.Item name="note" label={t('交办意见', 'Instruction')}>
        <Input />
      </Form.Item>
    </FormDrawer>
  )
}
