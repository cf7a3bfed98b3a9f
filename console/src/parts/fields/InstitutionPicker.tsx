import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { FoundSelect } from '@/parts/fields/FoundSelect'
import { UnitName } from '@/parts/fields/UnitName'

interface InstitutionPickerProps {
  id?: string
  /** Says what is chosen, where no form label does. */
  label?: string
  value?: string | undefined
  onChange?: (institution: string | undefined) => void
}

/** Chooses one institution by its name. */
export function InstitutionPicker(props: InstitutionPickerProps) {
  const t = useT()
  return (
    <FoundSelect
      {...props}
      name="institution"
      placeholder={props.label ?? t('选择医疗机构', 'Choose an institution')}
      search={search}
      named={(id) => <UnitName id={id} />}
    />
  )
}

async function search(q: string, signal: AbortSignal) {
  const query = { limit: 50, ...(q && { q }) }
  const found = await read(api.GET('/api/v1/org/institutions', { params: { query }, signal }))
  return found.items.map((one) => ({ value: one.id, label: one.name }))
}
