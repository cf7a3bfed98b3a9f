import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Skeleton } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useNarrow } from '@/app/useNarrow'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { AnswerForm } from '@/parts/answer/AnswerForm'
import { StaffName } from '@/parts/answer/PersonField'
import type { FormSchema } from '@/parts/answer/schema'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'

/** The versions of a form, the latest first; each can be looked at. */
export function VersionList({ form }: { form: Schemas['FormDetail'] }) {
  const t = useT()
  const narrow = useNarrow()
  const [shown, setShown] = useState<number>()
  const title = (n: number) => t(`第 ${n} 版`, `Version ${n}`)
  return (
    <Section title={t('版本', 'Versions')}>
      {form.versions.length === 0 && t('还没有发布。', 'Nothing is published yet.')}
      <ul className="qf-fields">
        {form.versions.map((version) => (
          <li key={version.id} className="qf-field-row">
            <Button size="small" onClick={() => setShown(version.n)}>
              {title(version.n)}
            </Button>
            <span className="qf-field-label">{version.reason}</span>
            <StaffName id={version.published_by} />
            <When at={version.published_at} />
          </li>
        ))}
      </ul>
      <Drawer
        title={title(shown ?? 0)}
        open={shown !== undefined}
        onClose={() => setShown(undefined)}
        size={narrow ? '100%' : 560}
        destroyOnHidden
      >
        {shown !== undefined && <OldVersion id={form.id} n={shown} />}
      </Drawer>
    </Section>
  )
}

interface OldVersionProps {
  id: string
  n: number
  /** What was answered to it; absent shows the form as it was asked. */
  answers?: Record<string, unknown>
}

/** A version of a form as it was asked, or with what was answered to it. */
export function OldVersion({ id, n, answers }: OldVersionProps) {
  const version = useQuery({
    queryKey: ['form', id, 'version', n],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/forms/{id}/versions/{n}', { params: { path: { id, n } }, signal })),
  })
  if (!version.data) return <Skeleton active />
  const schema = version.data.document as unknown as FormSchema
  return <AnswerForm schema={schema} value={answers ?? {}} readOnly={answers !== undefined} />
}
