import { Button } from 'antd'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import { NodeName } from '@/parts/fields/NodeName'
import { ListPage } from '@/parts/list/ListPage'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import { OfficerForm } from './OfficerForm'

/** The library of inspectors. */
export default function OfficersPage() {
  const t = useT()
  const adding = useUrlForm('officer')
  return (
    <>
      <ListPage
        id="inspection.officers"
        title={t('检查人员名录库', 'Inspectors')}
        path="/api/v1/inspection/officers"
        exportable
        filters={[
          { kind: 'text', name: 'q', label: t('姓名、单位或证号', 'Name, agency or certificate') },
          { kind: 'flag', name: 'expired', label: t('证件过期', 'Certificate run out') },
          { kind: 'flag', name: 'inactive', label: t('含停用', 'Inactive too') },
        ]}
        columns={[
          { key: 'name', title: t('姓名', 'Name'), primary: true, cell: (one) => one.name },
          { key: 'agency', title: t('单位', 'Agency'), long: true, cell: (one) => one.agency },
          { key: 'cert', title: t('执法证号', 'Certificate'), cell: (one) => one.cert_no },
          {
            key: 'until',
            title: t('有效期至', 'Valid until'),
            cell: (one) => <When at={one.cert_until} precision="date" />,
          },
          {
            key: 'district',
            title: t('区划', 'District'),
            cell: (one) => <NodeName node={one.district} />,
          },
          {
            key: 'active',
            title: t('状态', 'State'),
            cell: (one) =>
              one.active ? (
                <StateTag tone="good">{t('在册', 'Active')}</StateTag>
              ) : (
                <StateTag>{t('停用', 'Inactive')}</StateTag>
              ),
          },
        ]}
        keyOf={(one) => one.id}
        linkOf={(one) => `/inspection/officers/${one.id}`}
        actions={
          <Can permission="inspection.manage">
            <Button type="primary" onClick={() => adding.show()}>
              {t('新增检查人员', 'Add an inspector')}
            </Button>
          </Can>
        }
        empty={{ title: t('还没有检查人员', 'No inspectors yet') }}
      />
      <OfficerForm url={adding} />
    </>
  )
}
