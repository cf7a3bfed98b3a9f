import { useQuery } from '@tanstack/react-query'
import { Segmented, Select } from 'antd'
import { useT } from '@/i18n/useT'
import { InstitutionPicker } from '@/parts/fields/InstitutionPicker'
import { useUrlParams } from '@/url/useUrlParams'
import { type RatesChoice, type Subject, subjects, windowKinds } from './choice'
import { kindNames, subjectNames } from './names'
import { type RatesWindow, windowsOf } from './ratesApi'

const anew = { cursor: undefined, row: undefined }

/** Chooses the window, what the rows are, and for departments the institution. */
export function RatesPicker({
  choice,
  shown,
}: {
  choice: RatesChoice
  shown: RatesWindow | undefined
}) {
  const t = useT()
  const [, change] = useUrlParams()
  const windows = useQuery(windowsOf(choice.kind))
  const options = (windows.data ?? []).map((one) => ({ value: one.id, label: t(one.label) }))
  const inside = choice.subject === 'department' || choice.subject === 'category'
  return (
    <div className="qf-rates-picker">
      <Segmented
        value={choice.kind}
        options={windowKinds.map((kind) => ({ value: kind, label: t(kindNames[kind]) }))}
        onChange={(kind) => change({ ...anew, kind, window: undefined })}
      />
      <Select
        className="qf-rates-window"
        aria-label={t('时间', 'Window')}
        placeholder={t('选择时间', 'Choose a window')}
        loading={windows.isPending}
        popupMatchSelectWidth={false}
        options={options}
        value={choice.window ?? shown?.id ?? null}
        onChange={(window) => change({ ...anew, window })}
      />
      <Select<Subject>
        className="qf-rates-subject"
        aria-label={t('排列对象', 'Rows')}
        popupMatchSelectWidth={false}
        options={subjects.map((subject) => ({ value: subject, label: t(subjectNames[subject]) }))}
        value={choice.subject}
        onChange={(subject) => change({ ...anew, subject, parent: undefined })}
      />
      {inside && (
        <div className="qf-rates-parent">
          <InstitutionPicker
            label={t('所属机构', 'Institution')}
            value={choice.parent}
            onChange={(parent) => change({ ...anew, parent })}
          />
        </div>
      )}
    </div>
  )
}
