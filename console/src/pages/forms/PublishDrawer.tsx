import { useQuery } from '@tanstack/react-query'
import { Alert, Form, Skeleton } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { LongText } from '@/parts/fields/LongText'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'

type Detail = Schemas['FormDetail']

interface DrawerProps {
  form: Detail
  url: UrlForm
}

/** Publishes a draft, after what that does to the answers that there are. */
export function PublishDrawer({ form, url }: DrawerProps) {
  const t = useT()
  return (
    <FormDrawer<{ reason: string }, unknown>
      name={`form.publish.${form.id}`}
      title={t(`发布第 ${form.current + 1} 版`, `Publish version ${form.current + 1}`)}
      url={url}
      submitLabel={t('发布', 'Publish')}
      submit={({ reason }) =>
        read(
          api.POST('/api/v1/forms/{id}/publish', {
            params: { path: { id: form.id } },
            body: { reason, revision: form.revision },
          }),
        )
      }
    >
      <p>
        {t(
          '发布后的版本不能再改；已有的回答保留在原来的版本上。',
          'A version is never changed; answers stay with the version that they were given to.',
        )}
      </p>
      <EffectReport id={form.id} revision={form.revision} />
      <Form.Item name="reason" label={t('发布原因', 'Reason')} required>
        <LongText />
      </Form.Item>
    </FormDrawer>
  )
}

/** What the draft does to answers, field by field. */
function EffectReport({ id, revision }: { id: string; revision: number }) {
  const t = useT()
  const report = useQuery({
    queryKey: ['form', id, 'effects', revision],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/forms/{id}/effects', { params: { path: { id } }, signal })),
  })
  if (report.error) return <ProblemAlert error={report.error} />
  if (!report.data) return <Skeleton active />
  const { effects, refused } = report.data
  if (effects.length === 0) {
    return (
      <Alert
        type="success"
        className="qf-effects"
        title={t('已有的回答不受影响。', 'No answer is affected.')}
      />
    )
  }
  return (
    <Alert
      type={refused ? 'error' : 'info'}
      className="qf-effects"
      title={
        refused
          ? t(
              '新版本会让已有的回答失效，不能发布',
              'It would lock out answers and cannot be published',
            )
          : t('已有的回答会保留', 'The answers that there are stay')
      }
      description={
        <ul className="qf-problems">
          {effects.map((one) => (
            <li key={one.field + one.what}>
              {one.text}
              {one.fix && t(`。${one.fix}`, `: ${one.fix}`)}
            </li>
          ))}
        </ul>
      }
    />
  )
}

/** Ends a form. */
export function RetireDrawer({ form, url }: DrawerProps) {
  const t = useT()
  return (
    <FormDrawer<{ reason: string }, unknown>
      name={`form.retire.${form.id}`}
      title={t('停用表单', 'Retire the form')}
      url={url}
      danger
      submitLabel={t('停用', 'Retire')}
      submit={(body) =>
        read(api.POST('/api/v1/forms/{id}/retire', { params: { path: { id: form.id } }, body }))
      }
    >
      <p>
        {t(
          '停用后不再接收回答；已有的回答保留可查。停用不能撤销。',
          'It takes no more answers; those that there are stay. This cannot be undone.',
        )}
      </p>
      <Form.Item name="reason" label={t('原因', 'Reason')} required>
        <LongText />
      </Form.Item>
    </FormDrawer>
  )
}
