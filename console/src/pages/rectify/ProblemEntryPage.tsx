import { useNavigate } from '@tanstack/react-router'
import { text } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { ActionForm } from '@/parts/form/ActionForm'
import { Page } from '@/parts/Page'
import { showInstant } from '@/time/shanghai'
import { ProblemField } from './ProblemField'
import { type Entry, enter, problemLink } from './rectifyApi'
import '../entry/entry.css'
import { entryFields, type FieldSpec } from './steps'

const where: FieldSpec[] = [
  {
    name: 'source',
    label: text('来源', 'Source'),
    kind: 'choice',
    required: true,
    words: {
      inspection: text('检查', 'Inspection'),
      self: text('自查', 'Self-examination'),
      patrol: text('巡查', 'Patrol'),
      superior: text('上级督办', 'Superior'),
      hazards: text('隐患排查', 'Hazard survey'),
    },
  },
  { name: 'unit_id', label: text('责任单位', 'Unit'), kind: 'unit', required: true },
  { name: 'department_id', label: text('科室', 'Department'), kind: 'unit' },
]

const limit: FieldSpec[] = [
  {
    name: 'term',
    label: text('时限', 'Time limit'),
    kind: 'choice',
    required: true,
    words: {
      at_once: text('立行立改', 'At once'),
      fixed: text('限期', 'By a date'),
      standing: text('长期坚持', 'Standing'),
    },
  },
  {
    name: 'due_on',
    label: text('整改期限', 'Due on'),
    kind: 'date',
    required: true,
    when: { name: 'term', is: 'fixed' },
  },
  { name: 'measures', label: text('整改要求', 'What is to be done'), kind: 'text' },
  { name: 'files', label: text('现场照片或材料', 'Pictures or papers'), kind: 'files' },
]

/** A problem as it was found, typed in at a desk or on a phone in the ward. */
export default function ProblemEntryPage() {
  const t = useT()
  const navigate = useNavigate()
  return (
    <Page title={t('登记问题', 'Enter a problem')}>
      <section className="qf-entry">
        <ActionForm<Entry, { id: string }>
          name="rectify.entry"
          initial={{
            kind: 'problem',
            grade: 'general',
            term: 'fixed',
            found_on: showInstant(Date.now(), 'date'),
          }}
          submitLabel={t('登记', 'Enter')}
          submit={enter}
          onDone={(problem) => navigate({ to: problemLink(problem) as never })}
        >
          <div className="qf-entry-columns">
            {[...where, ...entryFields, ...limit].map((field) => (
              <ProblemField key={field.name} field={field} />
            ))}
          </div>
        </ActionForm>
      </section>
    </Page>
  )
}
