import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { useWords } from '@/pages/org/dictionaries'
import { ListPage } from '@/parts/list/ListPage'
import { type BarePlace, makeCodes } from './codeApi'
import { useRegions } from './useRegions'

/** The places without a code, to be ticked and given one. */
export function BarePlaces() {
  const t = useT()
  const words = useWords()
  const regions = useRegions()
  const may = useCan()('code.manage')
  return (
    <ListPage
      id="codes.bare"
      path="/api/v1/codes/bare"
      filters={[
        { kind: 'choice', name: 'region', label: t('地区', 'Region'), options: regions },
        {
          kind: 'choice',
          name: 'kind',
          label: t('种类', 'Kind'),
          options: words.options('place_kinds'),
        },
        { kind: 'unit', name: 'institution', label: t('医疗机构', 'Institution') },
      ]}
      columns={[
        { key: 'name', title: t('地点', 'Place'), primary: true, cell: (place) => place.name },
        { key: 'location', title: t('位置', 'Location'), cell: (place) => place.location || '—' },
        {
          key: 'kind',
          title: t('种类', 'Kind'),
          cell: (place) => words.name('place_kinds', place.kind),
        },
        {
          key: 'institution',
          title: t('医疗机构', 'Institution'),
          long: true,
          cell: (place) => place.institution_name,
        },
      ]}
      keyOf={(place) => place.id}
      {...(may && { bulk: [{ key: 'make', label: t('制作二维码', 'Make codes'), run: make }] })}
      empty={{
        title: t('每个地点都有二维码', 'Every place has a code'),
        hint: t('新登记的地点会出现在这里。', 'Places that are entered later appear here.'),
      }}
    />
  )
}

async function make(places: BarePlace[]): Promise<void> {
  await makeCodes({ places: places.map((place) => place.id) })
}
