import { useQueryClient } from '@tanstack/react-query'
import { useT } from '@/i18n/useT'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { UrlForm } from '@/url/useUrlForm'
import type { Form } from './forms'
import { SanctionField } from './SanctionField'
import { send } from './sanctionApi'

interface SanctionFormProps {
  form: Form | undefined
  url: UrlForm
  /** The record, where the form is about one. */
  id?: string | undefined
  /** What goes along and is not asked. */
  extra?: object | undefined
  /** What is known already. */
  known?: object | undefined
  onDone?: (id: string) => void
}

/** A form of sanctions, as forms.ts declares it. */
export function SanctionForm({ form, url, id, extra, known, onDone }: SanctionFormProps) {
  const t = useT()
  const client = useQueryClient()
  if (!form) return null
  const path = `/api/v1/sanctions/${form.path.replace('{id}', encodeURIComponent(id ?? ''))}`
  return (
    <FormDrawer<object, { id: string }>
      key={path}
      name={`sanction.${path}.${id ?? ''}${extra ? JSON.stringify(extra) : ''}`}
      title={t(form.title)}
      url={url}
      submitLabel={t(form.title)}
      {...(form.danger && { danger: true })}
      initial={{ ...form.initial, ...known }}
      submit={(values) => send(path, { ...form.initial, ...filled(values), ...extra })}
      onDone={async (made) => {
        await client.invalidateQueries()
        onDone?.(made.id)
      }}
    >
      {form.fields.length === 0 && (
        <p>
          {t('会立即生效并记入办理过程。', 'It takes effect at once and goes into the record.')}
        </p>
      )}
      {form.fields.map((field) => (
        <SanctionField key={field.name} field={field} />
      ))}
    </FormDrawer>
  )
}

/** The values without what was left empty. */
function filled(values: object): object {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
  )
}
