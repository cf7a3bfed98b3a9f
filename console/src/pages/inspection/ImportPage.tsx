import { Tabs } from 'antd'
import { useT } from '@/i18n/useT'
import { ImportWizard } from '@/parts/import/ImportWizard'
import { Page } from '@/parts/Page'
import { single } from '@/url/params'
import { useUrlParams } from '@/url/useUrlParams'

/** Brings in targets and inspectors from tables. */
export default function ImportPage() {
  const t = useT()
  const [params, change] = useUrlParams()
  const tabs = [
    {
      key: 'targets' as const,
      label: t('检查对象', 'Targets'),
      hint: t(
        '每行一个不在机构档案里的对象，如供水单位、学校。',
        'One target per row that is in no register, such as a waterworks.',
      ),
    },
    {
      key: 'officers' as const,
      label: t('检查人员', 'Inspectors'),
      hint: t('每行一人，执法证号不能重复。', 'One person per row; certificates differ.'),
    },
  ]
  return (
    <Page title={t('名录导入', 'Import libraries')}>
      <Tabs
        activeKey={single(params.kind) ?? 'targets'}
        onChange={(kind) => change({ kind })}
        destroyOnHidden
        items={tabs.map(({ key, label, hint }) => ({
          key,
          label,
          children: (
            <ImportWizard
              path={`/api/v1/inspection/imports/${key}`}
              template={`/api/v1/inspection/imports/${key}/template`}
              hint={hint}
            />
          ),
        }))}
      />
    </Page>
  )
}
