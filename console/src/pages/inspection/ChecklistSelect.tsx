import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'

interface ChecklistSelectProps {
  id?: string
  value?: string
  onChange?: (form: string | undefined) => void
}

/** Chooses the checklist that inspectors fill in, among the forms in force. */
export function ChecklistSelect({ id, value, onChange }: ChecklistSelectProps) {
  const t = useT()
  const forms = useQuery({
    queryKey: ['inspection', 'checklists'],
    queryFn: ({ signal }) =>
      read(
        api.GET('/api/v1/forms', {
          params: { query: { purpose: 'inspection', limit: 200 } },
          signal,
        }),
      ),
  })
  const usable = (forms.data?.items ?? []).filter((one) => one.current > 0)
  return (
    <Select
      {...(id && { id })}
      {...(value && { value })}
      allowClear
      loading={forms.isPending}
      placeholder={t('不用检查表', 'No checklist')}
      options={usable.map((one) => ({
        value: one.id,
        label: t({ zh: one.name_zh, en: one.name_en }),
      }))}
      onChange={(chosen) => onChange?.(chosen)}
    />
  )
}
