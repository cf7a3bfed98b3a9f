import { Tabs } from 'antd'
import { useT } from '@/i18n/useT'
import { Page } from '@/parts/Page'
import { single } from '@/url/params'
import { useUrlParams } from '@/url/useUrlParams'
import { BarePlaces } from './BarePlaces'
import { InstitutionCoverageList } from './InstitutionCoverageList'
import { RegionCoverageTable } from './RegionCoverageTable'

/** Which institutions' clinics and wards have a live code, and which are not scanned. */
export default function CoveragePage() {
  const t = useT()
  const [params, change] = useUrlParams()
  const view = single(params.view) ?? 'institutions'
  const views = {
    institutions: <InstitutionCoverageList />,
    regions: <RegionCoverageTable />,
    bare: <BarePlaces />,
  }
  return (
    <Page title={t('扫码覆盖', 'Coverage')}>
      <Tabs
        activeKey={view}
        onChange={(next) =>
          change(
            Object.fromEntries([
              ...Object.keys(params).map((name) => [name, undefined]),
              ['view', next === 'institutions' ? undefined : next],
            ]),
          )
        }
        items={[
          { key: 'institutions', label: t('按机构', 'By institution') },
          { key: 'regions', label: t('按地区', 'By region') },
          { key: 'bare', label: t('还没有二维码的地点', 'Places without a code') },
        ]}
      />
      {views[view as keyof typeof views] ?? views.institutions}
    </Page>
  )
}
