import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useNarrow } from '@/app/useNarrow'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { AnswerValue } from '@/parts/answer/AnswerValue'
import { StaffName } from '@/parts/answer/PersonField'
import { type Field, type FormSchema, fieldsOf } from '@/parts/answer/schema'
import { NodeName } from '@/parts/fields/NodeName'
import type { Column } from '@/parts/list/column'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'
import { OldVersion } from './VersionList'

type Answer = Schemas['FormAnswer']

/** What was answered to a form, in the own scope. */
export default function AnswersPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const t = useT()
  const narrow = useNarrow()
  const [shown, setShown] = useState<Answer>()
  const form = useQuery({
    queryKey: ['form', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/forms/{id}', { params: { path: { id } }, signal })),
  }).data
  const asked = form?.document ? fieldsOf(form.document as unknown as FormSchema) : []
  return (
    <>
      <ListPage
        id={`forms.answers.${id}`}
        title={form ? t(`${form.name_zh}：回答`, `${form.name_en}: answers`) : t('回答', 'Answers')}
        path="/api/v1/forms/{id}/answers"
        pathParams={{ id }}
        filters={[{ kind: 'flag', name: 'all', label: t('含已更正', 'Corrected too') }]}
        columns={columns(t, asked, setShown)}
        keyOf={(answer) => answer.id}
        exportable
        empty={{
          title: t('还没有回答', 'No answers yet'),
          hint: t('填写后会出现在这里。', 'They show here once the form was filled in.'),
        }}
      />
      <Drawer
        title={t('回答', 'Answer')}
        open={shown !== undefined}
        onClose={() => setShown(undefined)}
        size={narrow ? '100%' : 640}
        destroyOnHidden
      >
        {shown && <OldVersion id={id} n={shown.version} answers={shown.values} />}
      </Drawer>
    </>
  )
}

/** So many fields stand in the list before somebody chooses others. */
const shownFirst = 4

function columns(t: Translate, asked: Field[], show: (answer: Answer) => void): Column<Answer>[] {
  return [
    {
      key: 'filled',
      title: t('填写时间', 'Filled in'),
      primary: true,
      cell: (answer) => (
        <Button type="link" size="small" onClick={() => show(answer)}>
          <When at={answer.filled_at} />
        </Button>
      ),
    },
    {
      key: 'path',
      title: t('机构', 'Unit'),
      long: true,
      cell: (answer) => <NodeName node={answer.path} />,
    },
    {
      key: 'by',
      title: t('填写人', 'Given by'),
      cell: (answer) => <StaffName id={answer.given_by} />,
    },
    { key: 'version', title: t('版本', 'Version'), hidden: true, cell: (answer) => answer.version },
    ...asked.map((field, i) => ({
      key: field.id,
      title: t(field['x-label']),
      long: true,
      hidden: i >= shownFirst,
      cell: (answer: Answer) => <AnswerValue field={field} value={answer.values[field.id]} />,
    })),
  ]
}
