import { Alert } from 'antd'
import { useT } from '@/i18n/useT'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'
import { CallBrief } from './CallBrief'
import { type CaseDetail, step } from './caseApi'
import { ExclusionBrief } from './ExclusionBrief'
import type { FieldSpec } from './field'
import { nameOf } from './nextStep'
import { StepField } from './StepField'
import { bodyOf, type StepSpec, specOf } from './steps'
import { useCaseWords } from './useCaseWords'

interface StepDrawerProps {
  /** The case that the step is taken on. */
  id: string
  /** Which step; it stands in the address. */
  url: UrlForm
  /** The case, where it is at hand; some forms start from it. */
  detail?: CaseDetail
  /** The step, where the address names something else. */
  subject?: string | undefined
}

/** The form of the step that the address names. */
export function StepDrawer({ id, url, detail, subject = url.subject }: StepDrawerProps) {
  const t = useT()
  const { events } = useCaseWords()
  const spec = url.open ? specOf(subject, detail) : undefined
  if (!spec) return null
  const title = t(spec.title ?? nameOf(detail, events, subject))
  const notice = detail && spec.notice?.(detail)
  return (
    <FormDrawer<Record<string, unknown>, void>
      key={`${id}.${subject}`}
      name={`case.${id}.${subject}`}
      title={title}
      url={url}
      submitLabel={title}
      {...(spec.danger && { danger: true })}
      initial={{ ...spec.initial, ...startOf(subject, detail) }}
      submit={(values) => step(id, spec, bodyOf(spec, values))}
    >
      {notice && <Alert className="qf-form-notice" type="info" showIcon title={t(notice)} />}
      {subject === 'callback' && <CallBrief id={id} />}
      {detail && isExclusion(subject, detail) && <ExclusionBrief detail={detail} />}
      {fieldsOf(spec, detail).map((field) => (
        <StepField key={field.name} field={field} detail={detail} />
      ))}
      {spec.fields.length === 0 && (
        <p>
          {t(
            '会立即记入办理过程，之后不能撤销。',
            'It is recorded at once and cannot be taken back.',
          )}
        </p>
      )}
    </FormDrawer>
  )
}

/** What is asked for in this case. */
function fieldsOf(spec: StepSpec, detail: CaseDetail | undefined): FieldSpec[] {
  const fields: FieldSpec[] = spec.fields
  return fields.filter(({ only }) => !only || (detail !== undefined && only(detail)))
}

/** What a form starts from in this case. */
function startOf(subject: string | undefined, detail: CaseDetail | undefined): object {
  if (subject === 'ask_extension') return { extension: `1${unitOfLimit(detail)}` }
  if (subject === 'dispatch') return suggested(detail)
  // Before the approval there is no result that the reporter could be told.
  const told = !detail || closing.includes(detail.case.state)
  return subject === 'feedback' ? { what: told ? 'result' : 'accepted' } : {}
}

/** Where the dispatch catalogue would send the case. */
function suggested(detail: CaseDetail | undefined): object {
  const { lead, helpers } = detail?.suggested ?? {}
  return {
    ...(lead && { lead }),
    ...(helpers?.length && { helpers }),
    ...(detail?.must_designate && { designated: true }),
  }
}

/** Whether a form asks for an exclusion or decides on one. */
function isExclusion(subject: string | undefined, detail: CaseDetail): boolean {
  const [name = '', id] = (subject ?? '').split('.')
  if (name === 'ask_exclusion') return true
  const decides = name === 'grant' || name === 'refuse'
  return decides && detail.requests.some((one) => one.id === id && one.kind === 'exclusion')
}

/** The states in which the result is approved. */
const closing = ['calling', 'archived']

/** More time is counted as the limit itself is. */
function unitOfLimit(detail: CaseDetail | undefined): string {
  const running = detail?.clocks.find((clock) => isFinal(clock.kind) && !clock.met_at)
  return running?.time_limit.replace(/^\d+/, '') ?? 'd'
}

function isFinal(kind: string): boolean {
  return kind === 'finish' || kind === 'rework'
}
