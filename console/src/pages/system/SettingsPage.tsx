import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { api, read } from '@/api/client'
import { useNarrow } from '@/app/useNarrow'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import type { Column } from '@/parts/list/column'
import { EmptyRows } from '@/parts/list/EmptyRows'
import { RowCards } from '@/parts/list/RowCards'
import { RowTable } from '@/parts/list/RowTable'
import { Page } from '@/parts/Page'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import { SpecValue } from './PartValue'
import { SettingDrawer } from './SettingDrawer'
import type { Schemas } from './schemas'
import { specOf } from './settingSpec'
import { shortValue } from './settingValue'
import './system.css'

type Setting = Schemas['SystemSetting']

/** Every setting with what is in force; opening one shows its versions and the form for a new one. */
export default function SettingsPage() {
  const t = useT()
  const narrow = useNarrow()
  const open = useUrlForm('setting')
  const settings = useQuery({
    queryKey: ['system', 'settings'],
    queryFn: ({ signal }) => read(api.GET('/api/v1/settings', { signal })),
  })
  const View = narrow ? RowCards : RowTable
  const items = settings.data?.items ?? []
  const chosen = items.find((one) => one.key === open.subject)
  return (
    <Page title={t('参数设置', 'Settings')}>
      {settings.error && <ProblemAlert error={settings.error} onRetry={settings.refetch} />}
      {settings.isPending && <Skeleton active />}
      {settings.data && (
        <View
          rows={items}
          columns={columns(t)}
          keyOf={(one) => one.key}
          linkOf={(one) => `/system/settings?form=setting:${one.key}`}
          selection={undefined}
          loading={false}
          empty={<EmptyRows empty={{ title: t('没有参数', 'No settings') }} onClear={undefined} />}
        />
      )}
      {chosen && <SettingDrawer setting={chosen} scope={settings.data?.scope ?? '/'} url={open} />}
    </Page>
  )
}

/** The value in force, in words where the program knows its shape. */
function InForce({ setting }: { setting: Setting }) {
  const t = useT()
  const { value } = setting.in_force
  const spec = specOf(setting.key, value)
  return (
    <>
      {spec ? (
        <SpecValue spec={spec} value={value} />
      ) : (
        <code className="qf-break">{shortValue(value)}</code>
      )}{' '}
      {t(setting.unit)}
    </>
  )
}

function columns(t: Translate): Column<Setting>[] {
  return [
    {
      key: 'text',
      title: t('参数', 'Setting'),
      primary: true,
      long: true,
      cell: (one) => t(one.text),
    },
    {
      key: 'value',
      title: t('当前值', 'In force'),
      long: true,
      cell: (one) => <InForce setting={one} />,
    },
    {
      key: 'state',
      title: t('来源', 'From'),
      cell: (one) =>
        one.in_force.id === 'built-in' ? (
          <StateTag>{t('默认', 'Default')}</StateTag>
        ) : (
          <StateTag tone="active">
            {one.in_force.changed_by_name || t('已修改', 'Changed')}
          </StateTag>
        ),
    },
    {
      key: 'at',
      title: t('生效时间', 'Since'),
      cell: (one) => <When at={one.in_force.effective_from} />,
    },
  ]
}
