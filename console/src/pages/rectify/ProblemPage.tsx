import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, Button, Skeleton } from 'antd'
import { asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'
import { PenaltiesOf } from '@/pages/sanction/PenaltiesOf'
import { NotFoundPage } from '@/parts/feedback/NotFoundPage'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { MoreActions } from '@/parts/record/MoreActions'
import { RecordHeader } from '@/parts/record/RecordHeader'
import { RecordLayout } from '@/parts/record/RecordLayout'
import { type UrlForm, useUrlForm } from '@/url/useUrlForm'
import { ProblemDeadline, ProblemState } from './ledgerColumns'
import { ProblemField } from './ProblemField'
import { ProblemFacts, ProblemFiles, ProblemTimeline } from './ProblemSections'
import { type ProblemDetail, problemQuery, step, useLedgerWords } from './rectifyApi'
import { stepSpecs } from './steps'

/** One problem: what was found, what was done about it, and what comes next. */
export default function ProblemPage() {
  const { id = '' } = useParams({ strict: false })
  const url = useUrlForm('do')
  const { data, error, refetch } = useQuery(problemQuery(id))
  if (error && asProblem(error).status === 404) return <NotFoundPage />
  if (error && !data) return <ProblemAlert error={error} onRetry={refetch} />
  if (!data) return <Skeleton active />
  return (
    <>
      <RecordLayout
        header={<ProblemHeader problem={data} onStep={url.show} />}
        aside={<ProblemTimeline problem={data} />}
      >
        <Obstacles problem={data} />
        <ProblemFacts problem={data} />
        <ProblemFiles problem={data} />
        <PenaltiesOf
          origin={{ source: 'problem', source_id: data.id, campaign_id: data.campaign_id }}
        />
      </RecordLayout>
      <ProblemStep problem={data} url={url} onDone={refetch} />
    </>
  )
}

/** The steps that lead on; of what else can be done, none is the primary one. */
const leading = ['start', 'apply', 'pass', 'close', 'hold', 'extend', 'withdraw', 'report', 'plan']

/** Whether the day has come; before it, looking back is no more than possible. */
function isDue(at: string | undefined): boolean {
  return at !== undefined && Date.parse(at) <= Date.now()
}

function ProblemHeader({
  problem,
  onStep,
}: {
  problem: ProblemDetail
  onStep: (name: string) => void
}) {
  const t = useT()
  const words = useLedgerWords()
  const actions = (problem.actions ?? []).filter(({ name }) => stepSpecs[name])
  const primary = leading
    .filter((name) => name !== 'hold' || isDue(problem.look_due))
    .map((name) => actions.find((action) => action.name === name))
    .find((action) => action !== undefined)
  const more = actions.filter((action) => action !== primary)
  return (
    <RecordHeader
      number={problem.number || t('编号中', 'being numbered')}
      title={problem.description}
      state={<ProblemState row={problem} words={words} />}
      deadline={<ProblemDeadline row={problem} />}
      primary={
        primary && (
          <Button type="primary" onClick={() => onStep(primary.name)}>
            {t(primary.text)}
          </Button>
        )
      }
      more={
        <MoreActions
          actions={more.map(({ name, text }) => ({
            key: name,
            label: t(text),
            danger: stepSpecs[name]?.danger ?? false,
          }))}
          onChoose={onStep}
        />
      }
    />
  )
}

/** What the rules have against the next step, before anybody tries it. */
function Obstacles({ problem }: { problem: ProblemDetail }) {
  const t = useT()
  if (!problem.against?.length) return null
  return (
    <Alert
      type="info"
      showIcon
      title={problem.against.map((why) => <div key={why.en}>{t(why)}</div>)}
    />
  )
}

interface ProblemStepProps {
  problem: ProblemDetail
  url: UrlForm
  onDone: () => void
}

/** The form of the step that the address names. */
function ProblemStep({ problem, url, onDone }: ProblemStepProps) {
  const t = useT()
  const name = url.subject ?? ''
  const spec = stepSpecs[name]
  const action = problem.actions?.find((one) => one.name === name)
  if (!url.open || !spec || !action) return null
  return (
    <FormDrawer<Record<string, unknown>, void>
      key={`${problem.id}.${name}`}
      name={`problem.${problem.id}.${name}`}
      title={t(action.text)}
      url={url}
      submitLabel={t(action.text)}
      {...(spec.danger && { danger: true })}
      initial={spec.start?.(problem) ?? {}}
      submit={(values) => step(problem.id, spec, values)}
      onDone={onDone}
    >
      {spec.fields.map((field) => (
        <ProblemField key={field.name} field={field} />
      ))}
      {spec.fields.length === 0 && (
        <p>
          {t('会立即记入台账，之后不能撤销。', 'It is recorded at once and cannot be taken back.')}
        </p>
      )}
    </FormDrawer>
  )
}
