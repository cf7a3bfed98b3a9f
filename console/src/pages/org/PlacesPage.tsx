import { Button } from 'antd'
import { useState } from 'react'
import { api, read } from '@/api/client'
import { useCan } from '@/api/useCan'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { Can } from '@/parts/Can'
import { ConfirmReason } from '@/parts/feedback/ConfirmReason'
import { UnitName } from '@/parts/fields/UnitName'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { type UrlForm, useUrlForm } from '@/url/useUrlForm'
import { useWords, type Words } from './dictionaries'
import { OpenState } from './OpenState'
import { PlaceEdit } from './PlaceEdit'
import { PlaceFields } from './PlaceFields'
import './org.css'

const path = '/api/v1/org/places'

type Place = Schemas['OrgPlace']

/** Clinics, wards, windows and halls; each may carry a code. */
export default function PlacesPage() {
  const t = useT()
  const words = useWords()
  const can = useCan()
  const adding = useUrlForm('place')
  const changing = useUrlForm('place.edit')
  const [closing, setClosing] = useState<Place>()
  const all = columns(t, words)
  return (
    <>
      <ListPage
        id="org.places"
        title={t('地点', 'Places')}
        path={path}
        filters={filters(t, words)}
        columns={can('place.manage') ? [...all, actionColumn(t, changing.show, setClosing)] : all}
        keyOf={(place) => place.id}
        {...(can('code.manage') && {
          bulk: [{ key: 'codes', label: t('制作扫码码', 'Make codes'), run: makeCodes }],
        })}
        actions={
          <Can permission="place.manage">
            <Button type="primary" onClick={() => adding.show()}>
              {t('新增地点', 'Add a place')}
            </Button>
          </Can>
        }
        empty={{
          title: t('还没有地点', 'No places yet'),
          hint: t(
            '诊室、病区、窗口都可以设一个地点，贴上扫码海报。',
            'Every clinic, ward or window can be a place with a poster.',
          ),
        }}
      />
      <PlaceForm url={adding} />
      {changing.subject && <PlaceEdit id={changing.subject} url={changing} />}
      {closing && (
        <ConfirmReason
          name={`org.place.close.${closing.id}`}
          title={t('停用地点', 'Retire the place')}
          question={t(
            `停用“${closing.name}”？它的扫码将不再可用。`,
            `Retire ${closing.name}? Its code stops working.`,
          )}
          reason="required"
          danger
          confirm={(reason) => closePlace(closing.id, reason)}
          onClose={() => setClosing(undefined)}
        />
      )}
    </>
  )
}

async function makeCodes(places: Place[]): Promise<void> {
  await api.POST('/api/v1/codes', { body: { places: places.map((place) => place.id) } })
}

async function closePlace(id: string, reason: string): Promise<void> {
  await api.POST('/api/v1/org/places/{id}/close', { params: { path: { id } }, body: { reason } })
}

function PlaceForm({ url }: { url: UrlForm }) {
  const t = useT()
  return (
    <FormDrawer<Schemas['OrgNewPlace'], unknown>
      name="org.place.new"
      title={t('新增地点', 'Add a place')}
      url={url}
      submit={(body) => read(api.POST('/api/v1/org/places', { body }))}
    >
      <PlaceFields />
    </FormDrawer>
  )
}

function filters(t: Translate, words: Words): Filter[] {
  return [
    { kind: 'text', name: 'q', label: t('名称或位置', 'Name or location') },
    {
      kind: 'choice',
      name: 'kind',
      label: t('种类', 'Kind'),
      options: words.options('place_kinds'),
    },
    { kind: 'unit', name: 'below', label: t('机构', 'Unit') },
    { kind: 'flag', name: 'closed', label: t('含已停用', 'Retired too') },
  ]
}

function columns(t: Translate, words: Words): Column<Place>[] {
  return [
    { key: 'name', title: t('名称', 'Name'), primary: true, cell: (place) => place.name },
    {
      key: 'kind',
      title: t('种类', 'Kind'),
      cell: (place) => words.name('place_kinds', place.kind),
    },
    {
      key: 'institution',
      title: t('医疗机构', 'Institution'),
      long: true,
      cell: (place) => <UnitName id={place.institution} />,
    },
    { key: 'location', title: t('位置', 'Location'), cell: (place) => place.location || '—' },
    {
      key: 'state',
      title: t('状态', 'State'),
      cell: (place) => <OpenState closedAt={place.closed_at} />,
    },
  ]
}

function actionColumn(
  t: Translate,
  change: (id: string) => void,
  close: (place: Place) => void,
): Column<Place> {
  return {
    key: 'actions',
    title: t('操作', 'Actions'),
    cell: (place) =>
      !place.closed_at && (
        <span className="qf-links">
          <Button size="small" onClick={() => change(place.id)}>
            {t('修改', 'Change')}
          </Button>
          <Button size="small" danger onClick={() => close(place)}>
            {t('停用', 'Retire')}
          </Button>
        </span>
      ),
  }
}
