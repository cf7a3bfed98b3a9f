import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Form, InputNumber, Skeleton, Table } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { LongText } from '@/parts/fields/LongText'
import { FormDrawer } from '@/parts/form/FormDrawer'
import { Page } from '@/parts/Page'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { InnerLink } from '@/url/InnerLink'
import { single } from '@/url/params'
import { type UrlForm, useUrlForm } from '@/url/useUrlForm'
import { useUrlParams } from '@/url/useUrlParams'
import { linesOf } from './lines'
import type { Schemas } from './schemas'
import { YearGrid } from './YearGrid'
import './system.css'

type Year = Schemas['SystemHolidays']

/** Which years' holidays are announced, with the warning about those that are not. */
export default function CalendarPage() {
  const t = useT()
  const importing = useUrlForm('year')
  const years = useQuery({
    queryKey: ['system', 'years'],
    queryFn: async ({ signal }) =>
      (await read(api.GET('/api/v1/calendar/years', { signal }))).items ?? [],
  })
  const newestFirst = [...(years.data ?? [])].reverse()
  const [params] = useUrlParams()
  const announced = newestFirst.find((year) => year.announced)
  const shown = Number(single(params.year)) || announced?.year
  return (
    <Page
      title={t('工作日历', 'Calendar')}
      actions={
        <Button type="primary" onClick={() => importing.show()}>
          {t('导入放假安排', 'Import a notice')}
        </Button>
      }
    >
      <div className="qf-stack">
        {newestFirst
          .filter((year) => !year.announced)
          .map((year) => (
            <Alert key={year.year} type="warning" showIcon title={t(year.warning)} />
          ))}
        {years.error && <ProblemAlert error={years.error} onRetry={years.refetch} />}
        {shown && <YearGrid year={shown} />}
        {years.isPending ? <Skeleton active /> : <YearTable years={newestFirst} />}
      </div>
      <ImportForm url={importing} />
    </Page>
  )
}

function YearTable({ years }: { years: Year[] }) {
  const t = useT()
  return (
    <Table<Year>
      size="small"
      className="qf-table"
      rowKey="year"
      dataSource={years}
      pagination={false}
      columns={[
        {
          key: 'year',
          title: t('年份', 'Year'),
          render: (_, { year }) => (
            <InnerLink to={`/system/calendar?year=${year}`}>{year}</InnerLink>
          ),
        },
        {
          key: 'state',
          title: t('状态', 'State'),
          render: (_, year) =>
            year.announced ? (
              <StateTag tone="good">{t('已发布', 'Announced')}</StateTag>
            ) : (
              <StateTag tone="warn">{t('未发布', 'Not announced')}</StateTag>
            ),
        },
        {
          key: 'days',
          title: t('工作日', 'Working days'),
          dataIndex: 'working_days',
          align: 'right',
        },
        {
          key: 'from',
          title: t('来源', 'From'),
          render: (_, year) =>
            year.imported
              ? t(`${year.imported_by_name} 导入`, `imported by ${year.imported_by_name}`)
              : year.announced
                ? t('程序自带', 'came with the program')
                : '—',
        },
        {
          key: 'at',
          title: t('导入时间', 'Imported'),
          render: (_, year) => <When at={year.imported_at} />,
        },
      ]}
    />
  )
}

interface YearForm {
  year: number
  off?: string
  makeup?: string
  sources?: string
  reason: string
  correct?: boolean
}

function ImportForm({ url }: { url: UrlForm }) {
  const t = useT()
  const days = t('每行一天，如 2027-02-05。', 'One day per line, such as 2027-02-05.')
  return (
    <FormDrawer<YearForm, unknown>
      name="system.year"
      title={t('导入放假安排', 'Import a notice')}
      url={url}
      submit={({ off, makeup, sources, ...rest }) =>
        read(
          api.POST('/api/v1/calendar/years', {
            body: {
              ...rest,
              off: linesOf(off),
              makeup: linesOf(makeup),
              sources: linesOf(sources),
            },
          }),
        )
      }
    >
      <Form.Item name="year" label={t('年份', 'Year')} required>
        <InputNumber min={2000} max={2099} />
      </Form.Item>
      <Form.Item name="off" label={t('放假日期', 'Days off')} extra={days}>
        <LongText rows={6} />
      </Form.Item>
      <Form.Item
        name="makeup"
        label={t('调休上班日期', 'Weekend days that are worked')}
        extra={days}
      >
        <LongText />
      </Form.Item>
      <Form.Item
        name="sources"
        label={t('通知网址', 'Addresses of the notice')}
        extra={t('国务院办公厅通知的网址，每行一个。', 'Of the State Council, one per line.')}
      >
        <LongText rows={2} />
      </Form.Item>
      <Form.Item name="correct" valuePropName="checked">
        <Checkbox>{t('更正已有安排', 'Correct what is on record')}</Checkbox>
      </Form.Item>
      <Form.Item name="reason" label={t('理由', 'Reason')} required>
        <LongText rows={2} />
      </Form.Item>
    </FormDrawer>
  )
}
