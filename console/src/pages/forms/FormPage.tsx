import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { AnswerForm } from '@/parts/answer/AnswerForm'
import type { FormSchema } from '@/parts/answer/schema'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Page } from '@/parts/Page'
import { AnswersLink } from './AnswersLink'
import { FormEditor } from './FormEditor'

/** A form: its draft, to be changed by who may, or what is in force. */
export default function FormPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const form = useQuery({
    queryKey: ['form', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/forms/{id}', { params: { path: { id } }, signal })),
  })
  if (form.error) return <ProblemAlert error={form.error} onRetry={form.refetch} />
  if (!form.data) return <Skeleton active />
  return form.data.draft && !form.data.retired_at ? (
    <FormEditor key={id} form={form.data} draft={form.data.draft} />
  ) : (
    <InForce form={form.data} />
  )
}

/** What is in force, for who may not change it. */
function InForce({ form }: { form: Schemas['FormDetail'] }) {
  const t = useT()
  return (
    <Page title={t(form.name_zh, form.name_en)} actions={<AnswersLink id={form.id} />}>
      {form.document ? (
        <AnswerForm schema={form.document as unknown as FormSchema} value={{}} />
      ) : (
        t('还没有发布。', 'Nothing is published yet.')
      )}
    </Page>
  )
}
