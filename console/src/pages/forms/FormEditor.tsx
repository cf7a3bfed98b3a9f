import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { AnswerForm, defaultsOf } from '@/parts/answer/AnswerForm'
import type { FormSchema } from '@/parts/answer/schema'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/record/Section'
import { useLater } from '@/time/useLater'
import { useUrlForm } from '@/url/useUrlForm'
import { AnswersLink } from './AnswersLink'
import { draftOf, withSection } from './draft'
import { FormState } from './FormsPage'
import { Labelled } from './Labelled'
import { PublishDrawer, RetireDrawer } from './PublishDrawer'
import { SectionEditor } from './SectionEditor'
import { VersionList } from './VersionList'
import './forms.css'

type Detail = Schemas['FormDetail']

interface FormEditorProps {
  form: Detail
  draft: Record<string, unknown>
}

/** Writes the draft of a form, with the form as it will look beside it. */
export function FormEditor({ form, draft: latest }: FormEditorProps) {
  const t = useT()
  const [begun, setBegun] = useState(() => beginning(form.revision, latest))
  const [draft, setDraft] = useState(begun.draft)
  const begin = (revision: number, said: Record<string, unknown>) => {
    const next = beginning(revision, said)
    setBegun(next)
    setDraft(next.draft)
  }
  const changed = JSON.stringify(draft) !== JSON.stringify(begun.draft)
  const verdict = useVerdict(draft)
  const saving = useSaving(form.id, begun.revision, begin)
  const publishing = useUrlForm('form.publish')
  const retiring = useUrlForm('form.retire')
  const published = Object.keys((form.document as unknown as FormSchema)?.properties ?? {})
  const shared = { draft, published, onChange: setDraft }
  return (
    <Page
      title={t(form.name_zh, form.name_en)}
      actions={
        <>
          <Button danger onClick={() => retiring.show()}>
            {t('停用', 'Retire')}
          </Button>
          <Button
            disabled={!changed}
            loading={saving.isPending}
            onClick={() => saving.mutate(draft)}
          >
            {t('保存草稿', 'Save the draft')}
          </Button>
          <Button
            type="primary"
            disabled={changed || form.revision === form.published}
            onClick={() => publishing.show()}
          >
            {t('发布', 'Publish')}
          </Button>
        </>
      }
    >
      <div className="qf-stack">
        <div className="qf-form-state">
          <FormState form={form} />
          <AnswersLink id={form.id} />
          {changed && t('有未保存的修改', 'There are changes that are not saved')}
        </div>
        {form.revision > begun.revision && (
          <Meanwhile onLoad={() => begin(form.revision, latest)} />
        )}
        {saving.error && <ProblemAlert error={saving.error} />}
        {verdict && verdict.schema.length > 0 && (
          <Problems problems={verdict.schema} draft={draft} />
        )}
        <div className="qf-form-editor">
          <div className="qf-stack">
            <TitleEditor draft={draft} onChange={setDraft} />
            {draft['x-sections'].map((_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a section has no other name
              <SectionEditor key={at} at={at} {...shared} />
            ))}
            <Button icon={<PlusOutlined />} onClick={() => setDraft(withSection(draft))}>
              {t('添加栏目', 'Add a section')}
            </Button>
            <VersionList form={form} />
          </div>
          <Preview verdict={verdict} />
        </div>
      </div>
      <PublishDrawer form={form} url={publishing} />
      <RetireDrawer form={form} url={retiring} />
    </Page>
  )
}

type Verdict = Schemas['FormVerdict']

/** What the server says of a draft, a moment after it was changed last. */
function useVerdict(draft: FormSchema): Verdict | undefined {
  const later = useLater(JSON.stringify(draft))
  return useQuery({
    queryKey: ['form', 'check', later],
    queryFn: ({ signal }) =>
      read(api.POST('/api/v1/forms/check', { body: { schema: JSON.parse(later) }, signal })),
    placeholderData: (before) => before,
  }).data
}

function useSaving(
  id: string,
  revision: number,
  begin: (revision: number, draft: Record<string, unknown>) => void,
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (draft: FormSchema) =>
      read(
        api.POST('/api/v1/forms/{id}/draft', {
          params: { path: { id } },
          body: { draft: draft as unknown as Record<string, unknown>, revision },
        }),
      ),
    onSuccess: (after) => {
      client.setQueryData(['form', id], after)
      if (after.draft) begin(after.revision, after.draft)
    },
    onError: () => client.invalidateQueries({ queryKey: ['form', id] }),
  })
}

/** What the changes begin from. */
function beginning(revision: number, draft: Record<string, unknown>) {
  return { revision, draft: draftOf(draft as unknown as FormSchema) }
}

interface MeanwhileProps {
  onLoad: () => void
}

/** Somebody else saved a draft: what was typed stays until the person gives it up. */
function Meanwhile({ onLoad }: MeanwhileProps) {
  const t = useT()
  return (
    <Alert
      type="warning"
      title={t('其他人刚刚保存了这张表单', 'Somebody else has just saved this form')}
      action={
        <Button size="small" onClick={onLoad}>
          {t('放弃我的修改，载入最新草稿', 'Give up my changes and load the latest draft')}
        </Button>
      }
    />
  )
}

/** What keeps a draft from being published, by the labels of its fields. */
function Problems({ problems, draft }: { problems: Schemas['FormProblem'][]; draft: FormSchema }) {
  const t = useT()
  const where = (at: string) => {
    const label = draft.properties[/^\/properties\/(\w+)/.exec(at)?.[1] ?? '']?.['x-label']
    return label ? t(label) : at
  }
  return (
    <Alert
      type="warning"
      title={t('还不能发布', 'It cannot be published yet')}
      description={
        <ul className="qf-problems">
          {problems.map((one) => (
            <li key={one.at + one.text}>
              {where(one.at)}
              {t('：', ': ')}
              {one.text}
            </li>
          ))}
        </ul>
      }
    />
  )
}

interface TitleEditorProps {
  draft: FormSchema
  onChange: (draft: FormSchema) => void
}

function TitleEditor({ draft, onChange }: TitleEditorProps) {
  const t = useT()
  const title = draft['x-title']
  const set = (change: Partial<typeof title>) =>
    onChange({ ...draft, 'x-title': { ...title, ...change } })
  return (
    <Section title={t('名称', 'Name')}>
      <Form component="div" layout="vertical" className="qf-two">
        <Labelled label={t('中文', 'Chinese')}>
          <Input value={title.zh} onChange={({ target }) => set({ zh: target.value })} />
        </Labelled>
        <Labelled label={t('英文', 'English')}>
          <Input value={title.en} onChange={({ target }) => set({ en: target.value })} />
        </Labelled>
      </Form>
    </Section>
  )
}

/** The form as it will look, to be tried out; nothing of it is kept. */
function Preview({ verdict }: { verdict: Verdict | undefined }) {
  const t = useT()
  const document = verdict?.document as unknown as FormSchema | undefined
  const [answers, setAnswers] = useState<Record<string, unknown>>()
  return (
    <aside className="qf-form-preview">
      <h2 className="qf-section-title">
        {t('预览（可试填，不保存）', 'Preview (try it; nothing is kept)')}
      </h2>
      {document ? (
        <AnswerForm
          schema={document}
          value={answers ?? defaultsOf(document)}
          onChange={setAnswers}
        />
      ) : (
        t('改正上面的问题后即可预览。', 'It shows once the problems above are mended.')
      )}
    </aside>
  )
}
