import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Segmented, Select } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { useCaseWords } from '@/pages/cases/useCaseWords'
import { ListRows } from '@/parts/list/ListRows'
import { limitOf, paging } from '@/parts/list/query'
import { Page } from '@/parts/Page'
import { InnerLink } from '@/url/InnerLink'
import { type Params, single } from '@/url/params'
import { useUrlParams } from '@/url/useUrlParams'
import { choiceOf, rowAddress } from './choice'
import { DrillFigure } from './DrillFigure'
import { drillColumns } from './drillColumns'
import { measureNames } from './ratesApi'
import './rates.css'

const narrowing = ['kind', 'window', 'start', 'subject', 'parent', 'id', 'measure', 'basis']

/** The cases behind one figure of a table of rates. */
export default function DrillPage() {
  const t = useT()
  const words = useCaseWords()
  const [params, change] = useUrlParams()
  const measures = useQuery(measureNames)
  const rows = useQuery(rowsOf(params))
  const measure = single(params.measure) ?? 'received'
  const anew = { [paging.cursor]: undefined }
  const name = measures.data?.find((one) => one.code === measure)?.name
  return (
    <Page
      title={name ? t(`${name.zh}：诉求明细`, `${name.en}: the cases`) : t('诉求明细', 'The cases')}
      actions={
        <InnerLink to={rowAddress(choiceOf(params), single(params.id))}>
          {t('返回三率', 'Back to the rates')}
        </InnerLink>
      }
    >
      <div className="qf-stack">
        <div className="qf-rates-picker">
          <Select
            className="qf-rates-window"
            aria-label={t('指标', 'Measure')}
            popupMatchSelectWidth={false}
            value={measure}
            options={(measures.data ?? []).map((one) => ({ value: one.code, label: t(one.name) }))}
            onChange={(chosen) => change({ ...anew, measure: chosen })}
          />
          <Segmented
            value={single(params.basis) ?? 'raw'}
            options={[
              { value: 'assessed', label: t('考核口径', 'Assessed') },
              { value: 'raw', label: t('全部', 'All') },
            ]}
            onChange={(basis) => change({ ...anew, basis })}
          />
        </div>
        {rows.data && <DrillFigure page={rows.data} measure={measure} />}
        <div>
          <ListRows
            rows={rows}
            count={undefined}
            columns={drillColumns(t, words, rows.data?.fraction !== undefined)}
            keyOf={(row) => row.id}
            linkOf={(row) => `/casework/cases/${row.id}`}
            selection={undefined}
            empty={{
              title: t('没有诉求', 'No cases'),
              hint: t('您无权查看的诉求不会列出。', 'Cases that you may not see are not listed.'),
            }}
            onClear={undefined}
          />
        </div>
      </div>
    </Page>
  )
}

function rowsOf(params: Params) {
  const cursor = single(params[paging.cursor])
  const asked = {
    ...Object.fromEntries(narrowing.map((name) => [name, single(params[name])])),
    limit: String(limitOf(params)),
    ...(cursor && { cursor }),
  }
  return {
    queryKey: ['rates', 'cases', asked],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      read(api.GET('/api/v1/rates/cases', { params: { query: asked as object }, signal })),
    placeholderData: keepPreviousData,
  }
}
