import { Button, Form, Select } from 'antd'
import { api, read } from '@/api/client'
import type { Translate } from '@/i18n/text'
import { useT } from '@/i18n/useT'
import type { Schemas } from '@/pages/system/schemas'
import { Can } from '@/parts/Can'
import { DateField } from '@/parts/fields/DateField'
import { FormDrawer } from '@/parts/form/FormDrawer'
import type { Column } from '@/parts/list/column'
import type { Filter } from '@/parts/list/filters'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'
import { type UrlForm, useUrlForm } from '@/url/useUrlForm'
import { kindNames } from './names'
import type { RatesWindow } from './ratesApi'
import { WindowState } from './WindowState'

const path = '/api/v1/rates/windows'

/** The windows that were counted, each leading to its pack. */
export default function WindowsPage() {
  const t = useT()
  const counting = useUrlForm('recompute')
  return (
    <>
      <ListPage
        id="rates.windows"
        title={t('考核期与月报', 'Periods and packs')}
        path={path}
        filters={filters(t)}
        columns={columns(t)}
        keyOf={(window) => window.id}
        linkOf={(window) => `/insight/windows/${window.id}`}
        actions={
          <Can permission="rates.manage">
            <Button type="primary" onClick={() => counting.show()}>
              {t('统计一段时间', 'Count a window')}
            </Button>
          </Can>
        }
        empty={{ title: t('还没有统计', 'Nothing has been counted yet') }}
      />
      <CountForm url={counting} />
    </>
  )
}

type Recompute = Schemas['RecomputeInputBody']

/** Asks for a window to be counted anew, or for days of one's own choice. */
function CountForm({ url }: { url: UrlForm }) {
  const t = useT()
  return (
    <FormDrawer<Recompute, unknown>
      name="rates.recompute"
      title={t('统计一段时间', 'Count a window')}
      url={url}
      initial={{ kind: 'custom' }}
      submit={(body) => read(api.POST('/api/v1/rates/recompute', { body }))}
    >
      <Form.Item name="kind" label={t('种类', 'Kind')} required>
        <Select
          options={Object.entries(kindNames).map(([value, name]) => ({ value, label: t(name) }))}
        />
      </Form.Item>
      <Form.Item
        name="start"
        label={t('起始日期', 'First day')}
        required
        extra={t(
          '月、考核期、日报：填其中任何一天。',
          'For a month, a period or a day: any day in it.',
        )}
      >
        <DateField />
      </Form.Item>
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) =>
          getFieldValue('kind') === 'custom' && (
            <Form.Item name="end" label={t('截止日期', 'Last day')} required>
              <DateField />
            </Form.Item>
          )
        }
      </Form.Item>
    </FormDrawer>
  )
}

function filters(t: Translate): Filter[] {
  return [
    {
      kind: 'choice',
      name: 'kind',
      label: t('种类', 'Kind'),
      options: Object.entries(kindNames).map(([value, name]) => ({ value, label: t(name) })),
    },
  ]
}

function columns(t: Translate): Column<RatesWindow>[] {
  return [
    { key: 'label', title: t('时间', 'Window'), primary: true, cell: (window) => t(window.label) },
    { key: 'kind', title: t('种类', 'Kind'), cell: (window) => t(kindNames[window.kind]) },
    { key: 'state', title: t('状态', 'State'), cell: (window) => <WindowState window={window} /> },
    { key: 'starts', title: t('自', 'From'), cell: (window) => <When at={window.starts_at} /> },
    { key: 'ends', title: t('至', 'Until'), cell: (window) => <When at={window.ends_at} /> },
    {
      key: 'computed',
      title: t('统计于', 'Counted'),
      cell: (window) => <When at={window.computed_at} />,
    },
    {
      key: 'signed',
      title: t('签发于', 'Signed off'),
      cell: (window) => <When at={window.signed_at} />,
    },
  ]
}
