import { Button } from 'antd'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { Can } from '@/parts/Can'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { useUrlForm } from '@/url/useUrlForm'
import { useWords, type Words } from './dictionaries'
import { OpenState } from './OpenState'
import { OrgTree } from './OrgTree'
import { UnitForm } from './UnitForm'
import './org.css'

const path = '/api/v1/org/units'

type Unit = Schemas['OrgUnit']

/** The tree of regions and units, and what lies below the chosen node as a list. */
export default function UnitsPage() {
  const t = useT()
  const words = useWords()
  const adding = useUrlForm('unit')
  return (
    <div className="qf-org">
      <OrgTree />
      <div>
        <ListPage
          id="org.units"
          title={t('组织机构', 'Units')}
          path={path}
          filters={filters(t, words)}
          columns={columns(t, words)}
          keyOf={(unit) => unit.id}
          linkOf={(unit) => `/system/units/${unit.id}`}
          actions={
            <Can permission="org.manage">
              <Button type="primary" onClick={() => adding.show()}>
                {t('新增', 'Add')}
              </Button>
            </Can>
          }
          empty={{
            title: t('这里没有机构', 'No units here'),
            hint: t(
              '可以新增，也可以在“批量导入”里一次导入。',
              'Add one, or bring many in under “Imports”.',
            ),
          }}
        />
      </div>
      <UnitForm url={adding} />
    </div>
  )
}

function filters(t: Translate, words: Words): Filter[] {
  return [
    { kind: 'text', name: 'q', label: t('名称', 'Name') },
    {
      kind: 'choice',
      name: 'kind',
      label: t('种类', 'Kind'),
      options: words.options('unit_kinds'),
    },
    { kind: 'unit', name: 'below', label: t('范围', 'Below') },
    { kind: 'flag', name: 'closed', label: t('含已停用', 'Closed too') },
  ]
}

function columns(t: Translate, words: Words): Column<Unit>[] {
  return [
    { key: 'name', title: t('名称', 'Name'), primary: true, long: true, cell: (unit) => unit.name },
    { key: 'kind', title: t('种类', 'Kind'), cell: (unit) => words.name('unit_kinds', unit.kind) },
    {
      key: 'subkind',
      title: t('类别', 'Type'),
      cell: (unit) =>
        words.name(unit.kind === 'agency' ? 'agency_kinds' : 'institution_kinds', unit.subkind) ||
        '—',
    },
    { key: 'phone', title: t('电话', 'Telephone'), cell: (unit) => unit.phone || '—' },
    {
      key: 'state',
      title: t('状态', 'State'),
      cell: (unit) => <OpenState closedAt={unit.closed_at} />,
    },
    {
      key: 'address',
      title: t('地址', 'Address'),
      long: true,
      hidden: true,
      cell: (unit) => unit.address || '—',
    },
  ]
}
