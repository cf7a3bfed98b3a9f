import { Tabs } from 'antd'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { ImportWizard } from '@/parts/import/ImportWizard'
import { Page } from '@/parts/Page'
import { single } from '@/url/params'
import { useUrlParams } from '@/url/useUrlParams'
import { useWords } from './dictionaries'

/** Brings in institutions, departments, places and people from tables. */
export default function ImportsPage() {
  const t = useT()
  const words = useWords()
  const [params, change] = useUrlParams()
  const hints = hintsOf(t)
  return (
    <Page title={t('批量导入', 'Imports')}>
      <Tabs
        activeKey={single(params.kind) ?? 'institutions'}
        onChange={(kind) => change({ kind })}
        destroyOnHidden
        items={Object.entries(hints).map(([kind, hint]) => ({
          key: kind,
          label: words.name('import_kinds', kind),
          children: (
            <ImportWizard
              path={`/api/v1/org/imports/${kind}`}
              template={`/api/v1/org/imports/${kind}/template`}
              hint={hint}
            />
          ),
        }))}
      />
    </Page>
  )
}

/** In the order in which a new city brings its data in: each kind leans on the one before. */
function hintsOf(t: Translate): Record<string, string> {
  return {
    institutions: t(
      '每行一家医疗机构，须有名称、地区和类别。',
      'One institution per row, with name, region and type.',
    ),
    departments: t(
      '每行一个科室；所属医疗机构须已登记。',
      'One department per row; its institution must be on record.',
    ),
    places: t(
      '每行一个诊室、病区、窗口或大厅；所属机构须已登记。',
      'One clinic, ward, window or hall per row; its institution must be on record.',
    ),
    staff: t(
      '每行一人；单位须已登记。导入人员不会开通账号。',
      'One person per row; the unit must be on record. No account is opened.',
    ),
  }
}
