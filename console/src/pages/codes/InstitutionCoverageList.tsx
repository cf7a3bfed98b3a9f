import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import { useWords, type Words } from '@/pages/org/dictionaries'
import type { Column } from '@/parts/list/column'
import type { Choice, Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { InnerLink } from '@/url/InnerLink'
import { Covered } from './Covered'
import type { InstitutionCoverage } from './codeApi'
import { useRegions } from './useRegions'

/** The institutions with how far their places have codes, as a list and as a sheet. */
export function InstitutionCoverageList() {
  const t = useT()
  const words = useWords()
  return (
    <ListPage
      id="codes.coverage"
      path="/api/v1/codes/coverage"
      exportable
      filters={filters(t, words, useRegions())}
      columns={columns(t)}
      keyOf={(one) => one.id}
      linkOf={(one) => `/casework/codes?institution=${one.id}`}
      empty={{ title: t('这里没有医疗机构', 'No institutions here') }}
    />
  )
}

function filters(t: Translate, words: Words, regions: Choice[]): Filter[] {
  return [
    { kind: 'text', name: 'q', label: t('机构名称', 'Name') },
    { kind: 'choice', name: 'region', label: t('地区', 'Region'), options: regions },
    {
      kind: 'choice',
      name: 'kind',
      label: t('机构类别', 'Type'),
      options: words.options('institution_kinds'),
    },
    { kind: 'flag', name: 'gaps', label: t('只看没有覆盖完的', 'With gaps only') },
  ]
}

function columns(t: Translate): Column<InstitutionCoverage>[] {
  return [
    {
      key: 'name',
      title: t('医疗机构', 'Institution'),
      primary: true,
      long: true,
      cell: (one) => one.name,
    },
    { key: 'total', title: t('全部地点', 'All places'), cell: (one) => <Covered of={one.total} /> },
    { key: 'clinics', title: t('诊室', 'Clinics'), cell: (one) => <Covered of={one.clinics} /> },
    { key: 'wards', title: t('病区', 'Wards'), cell: (one) => <Covered of={one.wards} /> },
    {
      key: 'others',
      title: t('窗口和其他', 'Windows and others'),
      cell: (one) => <Covered of={one.others} />,
    },
    {
      key: 'without',
      title: t('没有码', 'Without'),
      align: 'right',
      cell: (one) =>
        one.total.without === 0 ? (
          0
        ) : (
          <InnerLink to={`/casework/coverage?view=bare&institution=${one.id}`}>
            {one.total.without}
          </InnerLink>
        ),
    },
    {
      key: 'silent',
      title: t('30 天没人扫', 'Silent for 30 days'),
      align: 'right',
      cell: (one) =>
        one.total.silent === 0 ? (
          0
        ) : (
          <InnerLink to={`/casework/codes?state=silent&institution=${one.id}`}>
            {one.total.silent}
          </InnerLink>
        ),
    },
  ]
}
